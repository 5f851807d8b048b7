"""Somebody asks on the site to join in the name of his municipality, and the coordinator answers."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import letters, permits, queries, tokens
from coalition.membership.actions.invitations import address_of, person_at
from coalition.membership.actions.mandates import give_mandate
from coalition.membership.actions.memberships import already_words, existing_municipality, lock
from coalition.membership.models import Coalition, JoinRequest, Mandate, Membership
from coalition.membership.models.joining import nonce
from coalition.membership.rules import Standing

if TYPE_CHECKING:
    from coalition.people.models import Person

# Somebody who presses the button twice, or for somebody else, does not fill a mailbox.
BETWEEN_LETTERS = timedelta(minutes=10)
State = JoinRequest.State


@transaction.atomic
def ask_to_join(
    *, coalition: Coalition, nis: str, name: str, email: str, office: str, now: datetime, message: str = ""
) -> JoinRequest:
    """Somebody asks to join for his municipality; nothing happens until he confirms it by the letter he gets.

    Refuses, beside the field, a municipality that takes part or waits already, and what is no address.
    """
    email = address_of(email)
    municipality = existing_municipality(nis, now)
    _refuse_duplicate(lock(coalition), municipality, now)
    asked = JoinRequest.objects.filter(
        coalition=coalition, municipality=municipality, email=email, state=State.ASKED
    ).first()
    if asked is not None and now - asked.asked_at < BETWEEN_LETTERS:
        return asked
    request = asked or JoinRequest(coalition=coalition, municipality=municipality, email=email)
    request.name, request.office, request.message = name.strip(), office.strip(), message.strip()
    request.asked_at, request.nonce = now, nonce()
    request.save()
    letters.ask_to_confirm(request, now)
    return request


def request_to_confirm(*, token: str) -> JoinRequest:
    """The request that a confirmation link names; refuses a forged, expired or replaced one."""
    named = tokens.read_request(token)
    request = None
    if named is not None:
        request = (
            JoinRequest.objects.filter(pk=named[0], nonce=named[1]).select_related("coalition", "municipality").first()
        )
    if request is None:
        raise Refusal(_("This link no longer works. Ask again and you get a new one."))
    return request


@transaction.atomic
def confirm_request(*, token: str, now: datetime) -> JoinRequest:
    """Whoever asked shows that the address is his; now the coordinator hears of it. Twice changes nothing."""
    request = request_to_confirm(token=token)
    coalition = lock(request.coalition)
    request.refresh_from_db()
    if request.state != State.ASKED:
        return request
    _refuse_duplicate(coalition, request.municipality, now)
    request.state, request.confirmed_at = State.CONFIRMED, now
    request.save(update_fields=["state", "confirmed_at"])
    membership = queries.current_membership(coalition, request.municipality, local_day(now))
    if membership is None:
        membership = Membership.objects.create(
            coalition=coalition, municipality=request.municipality, standing=Standing.REQUESTED
        )
    record(Verb.JOIN_REQUESTED, subject=membership, about=coalition, now=now)
    letters.tell_coordinators("request_waits", membership, now)
    return request


@transaction.atomic
def accept_request(*, request: JoinRequest, by: "Person | None", now: datetime) -> Membership:
    """The coordinator knows who asks: that person may speak for his municipality from now on.

    That is the coalition's side; the council's decision is still the municipality's own.
    """
    permits.must_coordinate(by, request.coalition, now)
    request = _unanswered(request)
    coalition = request.coalition
    membership = queries.current_membership(coalition, request.municipality, local_day(now))
    if membership is None:
        membership = Membership(coalition=coalition, municipality=request.municipality, standing=Standing.REQUESTED)
    if membership.accepted_at is None:
        membership.accepted_at, membership.accepted_by = now, by
    if membership.decision_date and membership.valid_from and membership.standing == Standing.REQUESTED:
        membership.standing = Standing.MEMBER
    membership.save()
    person = person_at(request.email, request.name)
    spoken_for = Mandate.objects.filter(person=person, coalition=coalition, municipality=request.municipality)
    if not spoken_for.on(local_day(now)).exists():
        give_mandate(
            person=person, coalition=coalition, role=Mandate.Role.REPRESENTATIVE, municipality=request.municipality,
            by=by, now=now,
        )  # fmt: skip
    _answer(request, State.ACCEPTED, "", by, now)
    record(Verb.JOIN_ACCEPTED, subject=membership, by=by, about=coalition, now=now)
    letters.answer_request(request, now)
    return membership


@transaction.atomic
def decline_request(*, request: JoinRequest, answer: str, by: "Person | None", now: datetime) -> None:
    """The coordinator says no, and why; whoever asked hears it."""
    permits.must_coordinate(by, request.coalition, now)
    if not answer.strip():
        raise Refusal(_("Say why, so that whoever asked knows what to do."), field="answer")
    request = _unanswered(request)
    coalition = request.coalition
    _answer(request, State.DECLINED, answer.strip(), by, now)
    membership = queries.current_membership(coalition, request.municipality, local_day(now))
    if membership is not None:
        record(Verb.JOIN_DECLINED, subject=membership, by=by, about=coalition, now=now)
        if membership.standing == Standing.REQUESTED and membership.accepted_at is None:
            membership.delete()
    letters.answer_request(request, now)


def _refuse_duplicate(coalition: Coalition, municipality, now: datetime) -> None:
    membership = queries.current_membership(coalition, municipality, local_day(now))
    if membership is not None and membership.standing != Standing.INVITED:
        raise Refusal(already_words(membership, now), field="municipality")


def _unanswered(request: JoinRequest) -> JoinRequest:
    lock(request.coalition)
    request = JoinRequest.objects.select_related("coalition", "municipality", "answered_by").get(pk=request.pk)
    if request.state == State.ASKED:
        raise Refusal(_("Whoever asked has not confirmed the address yet."))
    if request.state != State.CONFIRMED:
        raise Refusal(
            _("This request was answered already, by %(person)s.")
            % {"person": request.answered_by or _("a former user")}
        )
    return request


def _answer(request: JoinRequest, state: State, answer: str, by: "Person | None", now: datetime) -> None:
    request.state, request.answer = state, answer
    request.answered_at, request.answered_by = now, by
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
