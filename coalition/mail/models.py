"""Post: every letter is a row before it is a mail; its body is made when it leaves and never kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.mail.rules import Outcome, State, Stream


class Letter(models.Model):
    State = State

    # The same key never makes a second letter, whoever plans it and however often.
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    stream = models.CharField(_("stream"), max_length=10, choices=Stream.choices, default=Stream.SERVICE)
    coalition = models.ForeignKey(
        "coalition.Coalition", null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    to = models.EmailField(_("to"))
    # What the letter is about (ids and words), never the letter itself.
    facts = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=120, unique=True)

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    expires_at = models.DateTimeField(_("worthless after"), null=True, blank=True)
    # When it may next be tried; equals due_at until a first attempt fails.
    next_try_at = models.DateTimeField(_("next attempt"))
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    # When it was made unreadable to whom it went and what about: it was asked, or is long ago.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["stream", "next_try_at", "id"], condition=Q(state="queued"), name="letter_waiting"),
            models.Index(fields=["expires_at"], condition=Q(state="queued"), name="letter_expiring"),
            models.Index(fields=["lease_until"], condition=Q(lease_until__isnull=False), name="letter_leased"),
            models.Index(fields=["coalition", "state"], name="letter_per_coalition"),
            models.Index(fields=["created_at"], condition=Q(forgotten_at__isnull=True), name="letter_to_forget"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="letter_sent_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class Attempt(models.Model):
    """One try to hand a letter over, in two lines: that it started, and how it went. Only ever added to."""

    Outcome = Outcome

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"


class Address(models.Model):
    """What the post office knows of an address: does mail arrive there? The address itself is not kept (L-2.9)."""

    class State(models.TextChoices):
        OK = "ok", _("works")
        SOFT = "soft", _("sometimes refuses")
        SUPPRESSED = "suppressed", _("not written to any more")

    # coalition.base.hashing.keyed_hash of the address: enough to know it again, not to write to it.
    email_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OK)
    reason = models.CharField(max_length=300, blank=True)
    soft_count = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.email_hash[:8]} ({self.state})"


class DeliveryEvent(models.Model):
    """What a mail service reported of a letter afterwards; each report counts once."""

    provider_event_id = models.CharField(max_length=200, unique=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    detail = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.kind


class Heartbeat(models.Model):
    """When a part of the house that works unasked was last seen at work."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
