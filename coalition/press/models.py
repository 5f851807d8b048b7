"""Print: every sheet is a row before it is a PDF, and the same facts never make a second one."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.press.rules import Form, State


def shelf() -> Storage:
    """Where the PDF files lie: no address leads there."""
    return storages["prints"]


class Sheet(models.Model):
    State = State
    Form = Form

    # What it is of, in words of whoever asks ("brochure:12:nl"): the newest of a subject and a form is the current one.
    subject = models.CharField(max_length=120)
    template = models.CharField(max_length=40)
    form = models.CharField(_("paper"), max_length=10, choices=Form.choices, default=Form.A4)
    # Of facts, pictures, template and fonts (coalition.press.sheets.fingerprint).
    fingerprint = models.CharField(max_length=64)
    title = models.CharField(_("title"), max_length=200)
    file_name = models.CharField(max_length=120)
    # Whoever knows it may read the sheet.
    token = models.CharField(max_length=43, unique=True)
    # Kept until the sheet is made, and no longer: there are people in it.
    facts = models.JSONField(default=dict, blank=True)

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    done_parts = models.PositiveIntegerField(default=0)
    all_parts = models.PositiveIntegerField(default=1)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    # Sentences on what could not be printed, for whoever can mend it.
    notes = models.JSONField(default=list, blank=True)
    file = models.FileField(storage=shelf, max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    bytes = models.PositiveIntegerField(_("bytes"), default=0)

    created_at = models.DateTimeField(_("asked at"))
    # When it was last asked for: the same facts asked again make no second sheet.
    asked_at = models.DateTimeField(_("last asked at"))
    changed_at = models.DateTimeField(_("changed at"))
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("printed sheet")
        verbose_name_plural = _("printed sheets")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="sheet_waiting"),
            models.Index(fields=["subject", "form", "-asked_at"], name="sheet_of_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject", "form", "fingerprint"], name="sheet_made_once"),
            models.CheckConstraint(
                condition=Q(state="done", made_at__isnull=False) | (~Q(state="done") & Q(made_at__isnull=True)),
                name="sheet_done_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_form_display()})"

    def get_absolute_url(self) -> str:
        return reverse("sheet", args=[self.token, self.file_name])

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return 100 if self.is_done else min(99, 100 * self.done_parts // max(1, self.all_parts))
