"""Coalitions, the municipalities in them, and the people who may speak and act for either."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.base.models import Valid, ValidityQuerySet
from coalition.membership.rules import Standing, standing_on
from coalition.territory.models import Municipality


class Coalition(models.Model):
    class Accent(models.TextChoices):
        LEAF = "leaf", _("leaf green")
        BEET = "beet", _("beetroot red")
        WHEAT = "wheat", _("wheat brown")
        SKY = "sky", _("sky blue")
        BRICK = "brick", _("brick red")

    slug = models.SlugField(_("web name"), unique=True, help_text=_("Part of the address, for example pajotse-velden."))
    name = models.CharField(_("name"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent.choices, default=Accent.LEAF)
    managing_municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("managing municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact_email = models.EmailField(_("contact address"), help_text=_("Answers to letters arrive here."))
    founded_on = models.DateField(_("founded on"))
    is_demo = models.BooleanField(_("demonstration"), default=False)

    class Meta:
        verbose_name = _("coalition")
        verbose_name_plural = _("coalitions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Valid):
    """A municipality's place in a coalition, with the decision it rests on.

    `standing` is what was last recorded; whether a member is still to come or has left follows from its dates
    (`state_on`).
    """

    Standing = Standing

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="memberships"
    )
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices, default=Standing.INVITED)
    decision_body = models.CharField(_("decided by"), max_length=120, blank=True)
    decision_date = models.DateField(_("date of the decision"), null=True, blank=True)
    decision_url = models.URLField(_("decision on the web"), blank=True)
    # Two sides make a member: the council decides, the coalition accepts. The coalition's side may come first
    # (it invites) or last.
    decided_at = models.DateTimeField(_("decision recorded at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decision recorded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    leave_url = models.URLField(_("decision to leave on the web"), blank=True)
    # The membership of a municipality that merged goes on in the one of its successor.
    carried_from = models.ForeignKey(
        "self", verbose_name=_("goes on from"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ValidityQuerySet.as_manager()

    class Meta(Valid.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["municipality__name_nl"]
        constraints = [
            *Valid.Meta.constraints,
            # Who left may come back: the earlier row keeps its dates, and reports of earlier years stay what they were.
            models.UniqueConstraint(
                fields=["coalition", "municipality"],
                condition=Q(valid_until__isnull=True),
                name="municipality_stands_once_in_coalition",
            ),
            models.CheckConstraint(
                condition=~Q(standing="member") | Q(decision_date__isnull=False, valid_from__isnull=False),
                name="member_has_a_decision_and_a_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} – {self.coalition}"

    def state_on(self, day: date) -> Standing:
        """What a reader is told on `day`: planned, member, observer, invited, requested or left."""
        return standing_on(self, day)


class Mandate(Valid):
    """A person may coordinate or edit for a coalition, or speak for one municipality in it."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        EDITOR = "editor", _("editor")
        REPRESENTATIVE = "representative", _("representative")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="mandates"
    )
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="mandates")
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("for"), null=True, blank=True, on_delete=models.PROTECT, related_name="mandates"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)

    objects = ValidityQuerySet.as_manager()

    class Meta(Valid.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            *Valid.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "coalition", "role"],
                condition=Q(valid_until__isnull=True, municipality__isnull=True),
                name="coalition_mandate_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["person", "coalition", "municipality"],
                condition=Q(valid_until__isnull=True, municipality__isnull=False),
                name="municipal_mandate_is_given_once",
            ),
            models.CheckConstraint(
                condition=Q(role="representative", municipality__isnull=False)
                | (~Q(role="representative") & Q(municipality__isnull=True)),
                name="only_representatives_speak_for_a_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
