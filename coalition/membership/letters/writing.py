"""What the letters of joining say in the moment they leave."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from coalition.base.dates import local_day
from coalition.mail.kinds import LetterKind, Prepared, Withhold, register
from coalition.mail.models import Letter, Stream
from coalition.membership import tokens
from coalition.membership.letters.paper import LANGUAGE, absolute, in_name_of
from coalition.membership.models import Invitation, JoinRequest, Membership


@dataclass(frozen=True)
class Occasion:
    """What a letter tells: subject, sentence, and the act with the page it leads to."""

    subject: str
    sentence: str
    act: str
    page: str


# Placeholders: coalition, municipality, standing, valid_from, valid_until, decision.
OCCASIONS = {
    "request_waits": Occasion(
        gettext_noop("%(municipality)s asks to join"),
        gettext_noop("Somebody asks to join %(coalition)s in the name of %(municipality)s. Do you know who it is?"),
        gettext_noop("Answer the request"),
        "joining_desk",
    ),
    "decided": Occasion(
        gettext_noop("%(municipality)s joins %(coalition)s"),
        gettext_noop("%(municipality)s recorded its decision: %(decision)s. It is a member from %(valid_from)s."),
        gettext_noop("See the membership"),
        "membership_place",
    ),
    "decided_waits": Occasion(
        gettext_noop("%(municipality)s decided to join: accept it"),
        gettext_noop(
            "%(municipality)s recorded its decision: %(decision)s. It becomes a member once the coalition accepts it."
        ),
        gettext_noop("Accept the municipality"),
        "joining_desk",
    ),
    "accepted": Occasion(
        gettext_noop("%(coalition)s accepts %(municipality)s"),
        gettext_noop("The coalition accepts %(municipality)s. On its page you see what is still to be done."),
        gettext_noop("Go to the page of your municipality"),
        "membership_place",
    ),
    "leaves": Occasion(
        gettext_noop("%(municipality)s leaves %(coalition)s"),
        gettext_noop("%(municipality)s leaves the coalition. Its last day is %(valid_until)s."),
        gettext_noop("See the membership"),
        "membership_place",
    ),
    "carried": Occasion(
        gettext_noop("%(municipality)s takes over a membership"),
        gettext_noop("Municipalities merged. What was agreed with the earlier one goes on with %(municipality)s."),
        gettext_noop("See the membership"),
        "membership_place",
    ),
}


def _day(day) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _prepare_notice(letter: Letter, now: datetime) -> Prepared:
    membership = (
        Membership.objects.select_related("coalition", "municipality")
        .defer("municipality__boundary", "municipality__outline")
        .filter(pk=letter.facts["membership"])
        .first()
    )
    if membership is None:
        raise Withhold("the membership was withdrawn")
    occasion, coalition = OCCASIONS[letter.facts["occasion"]], membership.coalition
    with override(LANGUAGE):
        words = {
            "coalition": coalition.name,
            "municipality": membership.municipality.name,
            "valid_from": _day(membership.valid_from),
            "valid_until": _day(membership.valid_until),
            "decision": _decision(membership),
        }
        return in_name_of(
            coalition,
            _(occasion.subject) % words,
            sentence=_(occasion.sentence) % words,
            act=_(occasion.act),
            url=absolute(_page(occasion.page, membership)),
        )


def _decision(membership: Membership) -> str:
    day = _day(membership.decision_date)
    return f"{membership.decision_body}, {day}" if membership.decision_body else day


def _page(name: str, membership: Membership) -> str:
    if name == "joining_desk":
        return reverse(name, args=[membership.coalition.slug])
    return reverse(name, args=[membership.coalition.slug, membership.municipality.nis])


def _prepare_invitation(letter: Letter, now: datetime) -> Prepared:
    invitation = (
        Invitation.objects.select_related("coalition", "municipality", "created_by")
        .filter(pk=letter.facts["invitation"])
        .first()
    )
    if invitation is None or not invitation.is_open(now):
        raise Withhold("invitation accepted, withdrawn or expired")
    token = tokens.for_invitation(invitation.pk, invitation.nonce)
    coalition = invitation.coalition
    with override(LANGUAGE):
        subject = _("You are invited to found a food coalition")
        if coalition is not None:
            subject = _("%(coalition)s invites you") % {"coalition": coalition.name}
        return in_name_of(
            coalition,
            subject,
            invitation=invitation,
            municipality=invitation.municipality.name if invitation.municipality else "",
            role=str(invitation.get_role_display()),
            inviter=invitation.created_by.name if invitation.created_by else "",
            open_until=_day(local_day(invitation.expires_at)),
            accept_url=absolute(reverse("invitation", args=[token])),
        )


def _prepare_invitation_accepted(letter: Letter, now: datetime) -> Prepared:
    invitation = Invitation.objects.select_related("coalition", "municipality", "accepted_by").get(
        pk=letter.facts["invitation"]
    )
    person = invitation.accepted_by
    if person is None:
        raise Withhold("whoever accepted has left")
    with override(LANGUAGE):
        words = {"person": person.name, "role": str(invitation.get_role_display())}
        return in_name_of(
            invitation.coalition,
            _("%(person)s accepted your invitation") % words,
            sentence=_("%(person)s accepted your invitation as %(role)s.") % words,
            act="",
            url="",
        )


def _request(letter: Letter) -> JoinRequest:
    request = (
        JoinRequest.objects.select_related("coalition", "municipality")
        .defer("municipality__boundary", "municipality__outline")
        .filter(pk=letter.facts["request"])
        .first()
    )
    if request is None:
        raise Withhold("the request is gone")
    return request


def _prepare_confirm_request(letter: Letter, now: datetime) -> Prepared:
    request = _request(letter)
    if request.state != JoinRequest.State.ASKED or not letter.key.endswith(request.nonce):
        raise Withhold("request confirmed or replaced")
    words = {"coalition": request.coalition.name, "municipality": request.municipality.name}
    token = tokens.for_request(request.pk, request.nonce)
    with override(LANGUAGE):
        return in_name_of(
            request.coalition,
            _("Confirm that %(municipality)s asks to join") % words,
            municipality=request.municipality.name,
            confirm_url=absolute(reverse("join_confirm", args=[token])),
        )


def _prepare_request_answered(letter: Letter, now: datetime) -> Prepared:
    request = _request(letter)
    accepted = request.state == JoinRequest.State.ACCEPTED
    words = {"coalition": request.coalition.name, "municipality": request.municipality.name}
    place = reverse("membership_place", args=[request.coalition.slug, request.municipality.nis])
    with override(LANGUAGE):
        subject = _("You speak for %(municipality)s in %(coalition)s") if accepted else _("Your request to join")
        return in_name_of(
            request.coalition,
            subject % words,
            accepted=accepted,
            answer=request.answer,
            municipality=request.municipality.name,
            email=request.email,
            url=absolute(place),
        )


for name, title, prepare in (
    ("notice", gettext_lazy("News of a membership"), _prepare_notice),
    ("invitation", gettext_lazy("Invitation"), _prepare_invitation),
    ("invitation_accepted", gettext_lazy("Note that an invitation was accepted"), _prepare_invitation_accepted),
    ("confirm_request", gettext_lazy("Question to confirm a request to join"), _prepare_confirm_request),
    ("request_answered", gettext_lazy("Answer to a request to join"), _prepare_request_answered),
):
    register(LetterKind(name=f"membership/{name}", stream=Stream.SERVICE, prepare=prepare, title=title))
