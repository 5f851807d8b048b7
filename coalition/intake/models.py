"""The ledger of imports: which file came in, what it changed, what was wrong with it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One file that came in. A refused batch wrote nothing but this row and its problems."""

    class State(models.TextChoices):
        REFUSED = "refused", _("refused")
        PREVIEWED = "previewed", _("looked at, nothing written")
        RUNNING = "running", _("being read in")
        DONE = "done", _("read in")
        UNDONE = "undone", _("undone")

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

    # What the columns of the file are called, and what each is taken for.
    head = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    # Whom to name for facts of others.
    source = models.CharField(_("source"), max_length=200, blank=True)
    notes = models.JSONField(default=list, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    # Until when somebody works at it; who finds this past may go on where he stopped.
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="running") | models.Q(confirmed_at__isnull=False),
                name="batch_runs_once_confirmed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"


class BatchFile(models.Model):
    """The file itself, kept with the rows of the house (never in a public folder) until the batch is confirmed."""

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self) -> str:
        return str(self.batch)


class BatchRow(models.Model):
    """One row of a file as it was understood, what is to be done with it, and what became of it.

    `twin` and `record` are keys of rows of a higher room. The facts are forgotten once the row is done.
    """

    class Choice(models.TextChoices):
        NEW = "new", _("write as new")
        UPDATE = "update", _("fill in what is known here")
        SKIP = "skip", _("leave out")

    class Outcome(models.TextChoices):
        WAITING = "", _("waits")
        MADE = "made", _("new")
        CHANGED = "changed", _("filled in")
        SKIPPED = "skipped", _("left out")
        FAILED = "failed", _("went wrong")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    # As the sender counts them.
    number = models.PositiveIntegerField()
    label = models.CharField(_("name"), max_length=160)
    facts = models.JSONField(default=dict)
    # Pairs of a field and a sentence.
    problems = models.JSONField(default=list)
    is_usable = models.BooleanField(default=True)
    twin = models.PositiveBigIntegerField(null=True, blank=True)
    twin_label = models.CharField(max_length=200, blank=True)
    twin_reason = models.CharField(max_length=10, blank=True)
    choice = models.CharField(_("what to do"), max_length=6, choices=Choice.choices)
    outcome = models.CharField(_("what became of it"), max_length=7, choices=Outcome.choices, blank=True, default="")
    record = models.PositiveBigIntegerField(null=True, blank=True)
    # What stood there before a row was filled in, for who undoes it.
    before = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="batch_row_stands_once")]
        indexes = [models.Index(fields=["batch", "outcome", "position"], name="batch_row_waiting")]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}"


class ColumnMapping(models.Model):
    """What a coalition took the columns of such a file for, the last time it sent one with the same head."""

    coalition = models.ForeignKey("coalition.Coalition", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    # Of the names in the head, in whatever order.
    head_sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("columns of an import")
        verbose_name_plural = _("columns of imports")
        constraints = [
            models.UniqueConstraint(fields=["coalition", "kind", "head_sha256"], name="columns_are_remembered_once")
        ]

    def __str__(self) -> str:
        return f"{self.coalition}: {self.kind}"


class Problem(models.Model):
    """What was wrong with one row or feature of a file, in words for whoever sent it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    place = models.CharField(_("where"), max_length=200)
    sentence = models.CharField(_("what"), max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
