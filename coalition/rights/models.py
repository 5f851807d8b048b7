"""Who asked what is held of him: the register with its clock, and the passes of whoever has no account."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DataRequest(models.Model):
    """One request about personal data, to be answered within a month (L-2.5).

    While it is open it says whose it is; once it is done it says no more than that it was.
    """

    class Kind(models.TextChoices):
        SEE = "see", _("to see what is held")
        TAKE = "take", _("to get a copy")
        CORRECT = "correct", _("to have it corrected")
        ERASE = "erase", _("to be erased")
        RESTRICT = "restrict", _("to have its use restricted")
        OBJECT = "object", _("objects to its use")

    kind = models.CharField(_("what is asked"), max_length=10, choices=Kind.choices)
    # Of whose readers or people; empty when it is about the site as a whole.
    coalition = models.ForeignKey(
        "coalition.Coalition",
        verbose_name=_("coalition"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="data_requests",
    )
    address = models.EmailField(_("whose"), blank=True)
    by_himself = models.BooleanField(_("done by the person on the site"), default=False)
    asked_at = models.DateTimeField(_("asked"))
    due_on = models.DateField(_("answer by"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["coalition", "-asked_at"], name="data_request_per_coalition")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) & ~Q(address="") | Q(done_at__isnull=False, address=""),
                name="data_request_done_names_nobody",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Pass(models.Model):
    """What a link by mail opens: all that is held of one address, for half an hour and for one act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField()
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("pass")
        verbose_name_plural = _("passes")

    def __str__(self) -> str:
        return str(self.pk)
