"""Digests: who wants them, when they are due, and what each reader has already been told."""

import uuid
from datetime import time

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coalition.activity.models import Notice
from coalition.mail.models import Letter
from coalition.membership.models import Coalition


class DigestSchedule(models.Model):
    """On which weekday and at which hour (wall clock of Brussels) a coalition's digest goes out."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    coalition = models.OneToOneField(Coalition, on_delete=models.CASCADE, related_name="digest_schedule")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices, default=Weekday.TUESDAY)
    hour = models.TimeField(_("hour"), default=time(20, 15))
    enabled = models.BooleanField(_("sends digests"), default=True)
    # Weeks before this day never had an edition, so none is ever called missed.
    since = models.DateField(_("since"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="digest_schedule_weekday_is_iso")
        ]

    def __str__(self) -> str:
        return f"{self.coalition}: {self.get_weekday_display()} {self.hour:%H:%M}"


class Subscription(models.Model):
    """An address that wants a coalition's digest, with the proof that its owner said so (L-2.3).

    Nothing about a preferred language is kept (finding F1).
    """

    class State(models.TextChoices):
        ASKED = "asked", _("not yet confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="subscriptions")
    # Empty once the reader is forgotten; what is left then is a hash, by which a new request finds this row (L-2.9).
    email = models.EmailField(_("e-mail address"), blank=True)
    email_hash = models.CharField(max_length=64, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    # Proof of consent: what was read, where, when it was asked and when confirmed.
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField()
    consent_page = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_via = models.CharField(max_length=20, blank=True)
    # Counts the times the address asked; a confirmation link of an earlier time is worth nothing.
    round = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                "coalition", Lower("email"), condition=~Q(email=""), name="subscription_once_per_address"
            ),
            models.UniqueConstraint(
                fields=["coalition", "email_hash"], condition=~Q(email_hash=""), name="subscription_once_per_hash"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True, email_hash="") & ~Q(email="")
                | Q(forgotten_at__isnull=False, email="", state="ended") & ~Q(email_hash=""),
                name="subscription_has_an_address_or_a_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="subscription_confirmed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="subscription_ended_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["coalition", "id"], condition=Q(state="confirmed"), name="subscription_readers"),
            models.Index(
                fields=["ended_at"],
                condition=Q(state="ended", forgotten_at__isnull=True),
                name="subscription_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"


class Edition(models.Model):
    """One week's digest of one coalition; `key` is the ISO week, such as "2026-W53"."""

    class State(models.TextChoices):
        OPEN = "open", _("being planned")
        PLANNED = "planned", _("planned")
        MISSED = "missed", _("passed")

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="editions")
    key = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    planned_at = models.DateTimeField(null=True, blank=True)
    # The last reader for whom an issue was planned; a planner that was killed goes on from here.
    planned_until = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-due_at"]
        constraints = [models.UniqueConstraint(fields=["coalition", "key"], name="edition_once_per_week")]

    def __str__(self) -> str:
        return f"{self.coalition} {self.key}"


class Issue(models.Model):
    """One reader's copy of an edition; no letter means that there was nothing new for him."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="issues")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="issues")
    letter = models.OneToOneField(Letter, null=True, on_delete=models.CASCADE, related_name="issue")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "subscription"], name="issue_once_per_reader")]

    def __str__(self) -> str:
        return f"{self.edition} – {self.subscription_id}"


class Told(models.Model):
    """This reader was told of this page as it stood at its n-th significant change."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="told")
    significant = models.PositiveIntegerField()
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="told")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "notice", "significant"], name="nobody_is_told_twice")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.notice_id}"
