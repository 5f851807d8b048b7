"""What a sign-in service said of a person, visit by visit. Evidence beside a mandate, never a mandate.

This room stands below `membership` on purpose: nothing in it can reach a mandate, let alone give or end one.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.base.kbo import show_kbo


class Evidence(models.Model):
    """For which organisation a person signed in, once. A row is never changed; it goes with the person or with age.

    An empty number means that the service named no organisation: what disappears is seen too (L-13.3).
    """

    class Source(models.TextChoices):
        ACM = "acm", "ACM/IDM"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="evidence"
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.ACM)
    # The enterprise number where there is one; other codes (OVO) as they came.
    organisation_number = models.CharField(_("organisation's number"), max_length=20, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    # LB local authorities, GID Flemish government, OV education, EA enterprises, BUR citizens.
    target_group = models.CharField(_("target group"), max_length=10, blank=True)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["person", "-seen_at"], name="evidence_per_person")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.organisation_name or self.shown_number or '–'}"

    @property
    def shown_number(self) -> str:
        return show_kbo(self.organisation_number)
