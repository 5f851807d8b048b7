"""The memory of the house: what happened (Entry), and which public pages there are to tell of (Notice)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.activity.verbs import Verb


class Entry(models.Model):
    """One thing that happened: who did what to what, and in which coalition. Never changed afterwards."""

    at = models.DateTimeField(_("at"), db_index=True)
    verb = models.CharField(_("what"), max_length=40, choices=Verb.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    coalition = models.ForeignKey(
        "coalition.Coalition", null=True, blank=True, on_delete=models.CASCADE, related_name="entries"
    )
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_key = models.CharField(max_length=64, blank=True)
    subject_title = models.CharField(max_length=255, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["coalition", "-at"], name="entry_per_coalition"),
            models.Index(fields=["subject_kind", "subject_key"], name="entry_per_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.subject_title}"


class Notice(models.Model):
    """One public page as the rooms know it; kept by `cms/receivers.py`, read by digests and agendas.

    `significant` counts the changes of substance: a higher number is news again. `visible` is False for a page
    that is unpublished, deleted or private.
    """

    key = models.CharField(max_length=64, unique=True)
    coalition = models.ForeignKey("coalition.Coalition", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    language = models.CharField(max_length=10, default="nl")
    # The key of the Dutch page that this one translates: it is told beside it, and is no news of its own.
    translation_of = models.CharField(max_length=64, blank=True, default="", db_index=True)
    first_published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    visible = models.BooleanField(default=True)
    significant = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-first_published_at"]
        indexes = [models.Index(fields=["coalition", "visible", "-changed_at"], name="notice_news_of_coalition")]

    def __str__(self) -> str:
        return self.title
