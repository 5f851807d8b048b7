"""How one comes in: somebody is invited by a letter, or asks on the site in the name of his municipality."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.membership.models.coalitions import Coalition, Mandate
from coalition.territory.models import Municipality

OPEN = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


def nonce() -> str:
    """A word that nobody guesses; it stands in the signed link, so that a new letter makes the old link worthless."""
    return secrets.token_urlsafe(12)


class Invitation(models.Model):
    """A letter with a link that lets whoever opens it take on one role, once, until it expires.

    A founder is invited by the platform: he has no coalition yet and may found one.
    """

    class Role(models.TextChoices):
        FOUNDER = "founder", _("founder of a coalition")
        COORDINATOR = Mandate.Role.COORDINATOR.value, Mandate.Role.COORDINATOR.label
        EDITOR = Mandate.Role.EDITOR.value, Mandate.Role.EDITOR.label
        REPRESENTATIVE = Mandate.Role.REPRESENTATIVE.value, Mandate.Role.REPRESENTATIVE.label

    coalition = models.ForeignKey(
        Coalition, verbose_name=_("coalition"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="invitations",
    )  # fmt: skip
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("for"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    email = models.EmailField(_("e-mail address"))
    nonce = models.CharField(max_length=32, default=nonce, editable=False)
    created_at = models.DateTimeField(_("invited at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("accepted by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="invitations",
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # A founder founds once.
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="founder", coalition__isnull=True) | (~Q(role="founder") & Q(coalition__isnull=False)),
                name="only_a_founder_has_no_coalition_yet",
            ),
            models.CheckConstraint(
                condition=Q(role="representative", municipality__isnull=False)
                | (~Q(role="representative") & Q(municipality__isnull=True)),
                name="only_a_representative_is_invited_for_a_municipality",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_accepted_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["email"], condition=OPEN & Q(role="founder"), name="founder_is_invited_once"
            ),
            models.UniqueConstraint(
                fields=["email", "coalition", "role"],
                condition=OPEN & Q(municipality__isnull=True),
                name="invitation_is_open_once",
            ),
            models.UniqueConstraint(
                fields=["email", "coalition", "municipality"],
                condition=OPEN & Q(municipality__isnull=False),
                name="municipal_invitation_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.municipality or self.coalition or ''}"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at


class JoinRequest(models.Model):
    """Somebody asks on the site to join in the name of his municipality; the coordinator answers."""

    class State(models.TextChoices):
        ASKED = "asked", _("address not confirmed yet")
        CONFIRMED = "confirmed", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="join_requests")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    office = models.CharField(_("function"), max_length=120)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    nonce = models.CharField(max_length=32, default=nonce, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "municipality"], condition=Q(state="confirmed"), name="one_request_waits"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("accepted", "declined"), answered_at__isnull=False)
                | (Q(state__in=("asked", "confirmed")) & Q(answered_at__isnull=True)),
                name="join_request_answered_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} – {self.coalition}"
