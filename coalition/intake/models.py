"""The ledger of imports: which file came in, what it changed, what was wrong with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One file that came in. A refused batch wrote nothing but this row and its problems."""

    class State(models.TextChoices):
        REFUSED = "refused", _("refused")
        PREVIEWED = "previewed", _("looked at, nothing written")
        DONE = "done", _("read in")

    kind = models.CharField(_("kind"), max_length=40)
    coalition = models.ForeignKey(
        "coalition.Coalition", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"


class Problem(models.Model):
    """What was wrong with one row or feature of a file, in words for whoever sent it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    place = models.CharField(_("where"), max_length=200)
    sentence = models.CharField(_("what"), max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
