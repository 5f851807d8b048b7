"""The press's rules: what states a sheet knows, how long a printer may be at it, and when it is given up."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# Longer than the slowest sheet: pictures, the compositor's 20 seconds, twice for a booklet.
LEASE = timedelta(seconds=150)
# So often a printer may die over the same sheet.
MOST_TRIES = 3
# A sheet for which nobody asked for so long goes, even if it is the newest of its subject.
FORGOTTEN_AFTER = timedelta(days=400)


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    WORKING = "working", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


class Form(models.TextChoices):
    """The paper a sheet is for."""

    A4 = "a4", _("A4")
    A5 = "a5", _("A5")
    BOOKLET = "booklet", _("A5 booklet on A4 sheets, to be folded")
