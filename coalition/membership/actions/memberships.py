"""A municipality's place in a coalition: its council decides, the coalition accepts, and it may leave again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import letters, permits, queries, rules
from coalition.membership.actions.mandates import sync_groups
from coalition.membership.models import Coalition, Delegate, Membership
from coalition.membership.rules import Standing
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from coalition.people.models import Person

STORED_STANDINGS = {Standing.INVITED, Standing.REQUESTED, Standing.MEMBER, Standing.OBSERVER}


@transaction.atomic
def record_membership(
    *,
    coalition: Coalition,
    nis: str,
    standing: Standing,
    by: "Person | None",
    now: datetime,
    decision_body: str = "",
    decision_date: date | None = None,
    decision_url: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """Write down where a municipality stands in a coalition; a second time changes what was written.

    A coordinator invites and names observers; a member is written down by its own representative
    (`record_decision`), or by the house itself. A municipality that no longer exists cannot join (its successor can).
    """
    permits.must_coordinate(by, coalition, now)
    municipality = existing_municipality(nis, now)
    if standing not in STORED_STANDINGS:
        raise Refusal(_("Whether a member joins later or has left follows from its dates."), field="standing")
    if standing == Standing.MEMBER and by is not None:
        raise Refusal(_("A municipality becomes a member by its own council's decision."), field="standing")
    if standing == Standing.MEMBER and not (decision_date and valid_from):
        raise Refusal(_("A member needs a decision date and a first day of membership."), field="decision_date")
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day cannot come before the first."), field="valid_until")
    facts = {
        "standing": standing,
        "decision_body": decision_body,
        "decision_date": decision_date,
        "decision_url": decision_url,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    membership = queries.current_membership(lock(coalition), municipality, local_day(now))
    if membership is None:
        membership = Membership(coalition=coalition, municipality=municipality)
    elif by is not None and membership.standing == Standing.MEMBER:
        raise Refusal(already_words(membership, now), field="nis")
    for name, value in facts.items():
        setattr(membership, name, value)
    if standing != Standing.REQUESTED and membership.accepted_at is None:
        membership.accepted_at, membership.accepted_by = now, by
    membership.save()
    record(Verb.MEMBER_RECORDED, subject=membership, by=by, about=coalition, now=now, standing=str(standing))
    sync_groups(coalition=coalition, now=now)
    return membership


@transaction.atomic
def invite_municipality(*, coalition: Coalition, nis: str, by: "Person | None", now: datetime) -> Membership:
    """The coalition asks a municipality to join; the coalition's side of the joining is given with that."""
    permits.must_coordinate(by, coalition, now)
    municipality = existing_municipality(nis, now)
    known = queries.current_membership(lock(coalition), municipality, local_day(now))
    if known is not None:
        raise Refusal(already_words(known, now), field="nis")
    membership = Membership.objects.create(
        coalition=coalition, municipality=municipality, standing=Standing.INVITED, accepted_at=now, accepted_by=by
    )
    record(Verb.MEMBER_INVITED, subject=membership, by=by, about=coalition, now=now)
    return membership


@transaction.atomic
def withdraw_membership(*, membership: Membership, by: "Person | None", now: datetime) -> None:
    """Take back an invitation, or a request that goes nowhere; what is a membership already is left, not withdrawn."""
    permits.must_coordinate(by, membership.coalition, now)
    coalition = lock(membership.coalition)
    membership = Membership.objects.filter(pk=membership.pk).first()
    if membership is None:
        return
    if membership.standing not in (Standing.INVITED, Standing.REQUESTED, Standing.OBSERVER):
        raise Refusal(_("A member leaves by its own decision; it cannot be taken out."))
    record(Verb.MEMBER_WITHDRAWN, subject=membership, by=by, about=coalition, now=now, standing=membership.standing)
    membership.delete()
    sync_groups(coalition=coalition, now=now)


@transaction.atomic
def record_decision(
    *,
    membership: Membership,
    decision_body: str,
    decision_date: date,
    valid_from: date,
    delegates: Iterable[tuple[str, str]],
    by: "Person | None",
    now: datetime,
    decision_url: str = "",
    valid_until: date | None = None,
) -> Membership:
    """A representative writes down that his council decided to join, and whom it delegates (name, office).

    If the coalition has accepted already the municipality is a member from `valid_from` on; otherwise the coordinator
    is asked to. Refuses impossible dates beside their field, and a second decision while the first one holds.
    """
    membership = _locked(membership)
    coalition, municipality = membership.coalition, membership.municipality
    permits.must_speak_for(by, municipality, coalition, now)
    if membership.standing == Standing.MEMBER:
        raise Refusal(already_words(membership, now))
    flaw = rules.decision_flaw(
        founded_on=coalition.founded_on, decision_date=decision_date, valid_from=valid_from, valid_until=valid_until
    )
    if flaw:
        raise Refusal(str(flaw[1]), field=flaw[0])
    people = _delegates(delegates)
    membership.standing = Standing.MEMBER if membership.accepted_at else Standing.REQUESTED
    membership.decision_body, membership.decision_date = decision_body, decision_date
    membership.decision_url = decision_url
    membership.valid_from, membership.valid_until = valid_from, valid_until
    membership.decided_at, membership.decided_by = now, by
    membership.save()
    membership.delegates.all().delete()
    Delegate.objects.bulk_create(Delegate(membership=membership, name=name, office=office) for name, office in people)
    record(
        Verb.DECISION_RECORDED, subject=membership, by=by, about=coalition, now=now,
        body=decision_body, on=decision_date.isoformat(), valid_from=valid_from.isoformat(),
    )  # fmt: skip
    sync_groups(coalition=coalition, now=now)
    occasion = "decided" if membership.standing == Standing.MEMBER else "decided_waits"
    letters.tell_coordinators(occasion, membership, now)
    return membership


@transaction.atomic
def accept_membership(*, membership: Membership, by: "Person | None", now: datetime) -> Membership:
    """The coalition says yes to a municipality. Of two coordinators who accept at once the second is told so."""
    permits.must_coordinate(by, membership.coalition, now)
    membership = _locked(membership)
    if membership.accepted_at is not None:
        raise Refusal(
            _("%(municipality)s was accepted already, on %(day)s by %(person)s.")
            % {
                "municipality": membership.municipality.name,
                "day": date_format(local_day(membership.accepted_at), "DATE_FORMAT"),
                "person": membership.accepted_by or _("the platform"),
            }
        )
    membership.accepted_at, membership.accepted_by = now, by
    if membership.decision_date and membership.valid_from:
        membership.standing = Standing.MEMBER
    membership.save(update_fields=["accepted_at", "accepted_by", "standing"])
    record(Verb.MEMBER_ACCEPTED, subject=membership, by=by, about=membership.coalition, now=now)
    sync_groups(coalition=membership.coalition, now=now)
    letters.tell_representatives("accepted", membership, now)
    return membership


@transaction.atomic
def leave(
    *, membership: Membership, last_day: date, by: "Person | None", now: datetime, leave_url: str = ""
) -> Membership:
    """A municipality leaves by its own decision, after `last_day`; what was true until then stays true."""
    membership = _locked(membership)
    coalition = membership.coalition
    permits.must_speak_for(by, membership.municipality, coalition, now)
    if membership.standing not in (Standing.MEMBER, Standing.OBSERVER):
        raise Refusal(_("Only who takes part can leave."))
    if membership.state_on(local_day(now)) == Standing.LEFT:
        raise Refusal(_("This municipality has left already."))
    if membership.valid_from and last_day < membership.valid_from:
        raise Refusal(_("The last day cannot come before the first."), field="last_day")
    membership.valid_until, membership.leave_url = last_day, leave_url
    membership.save(update_fields=["valid_until", "leave_url"])
    record(Verb.MEMBER_LEFT, subject=membership, by=by, about=coalition, now=now, last_day=last_day.isoformat())
    sync_groups(coalition=coalition, now=now)
    letters.tell_coordinators("leaves", membership, now)
    letters.tell_representatives("leaves", membership, now)
    return membership


def lock(coalition: Coalition) -> Coalition:
    """Whoever changes who stands in a coalition waits here for the one before him."""
    return Coalition.objects.select_for_update().get(pk=coalition.pk)


def _locked(membership: Membership) -> Membership:
    lock(membership.coalition)
    found = (
        Membership.objects.select_related("coalition", "municipality", "accepted_by").filter(pk=membership.pk).first()
    )
    if found is None:
        raise Refusal(_("This membership was withdrawn meanwhile."))
    return found


def existing_municipality(nis: str, now: datetime) -> Municipality:
    municipality = Municipality.objects.filter(nis=nis).select_related("successor").first()
    if municipality is None:
        raise Refusal(_("There is no municipality with NIS code %(nis)s.") % {"nis": nis}, field="nis")
    if municipality.successor and not municipality.holds_on(local_day(now)):
        raise Refusal(
            _("%(old)s merged into %(new)s; record the membership of %(new)s.")
            % {"old": municipality.name, "new": municipality.successor.name},
            field="nis",
        )
    return municipality


def already_words(membership: Membership, now: datetime) -> str:
    return _("%(municipality)s already stands in this coalition: %(standing)s.") % {
        "municipality": membership.municipality.name,
        "standing": membership.state_on(local_day(now)).label,
    }


def _delegates(delegates: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    people = [(name.strip(), office) for name, office in delegates if name.strip()]
    if not people:
        raise Refusal(_("Name at least one delegate of the council."), field="delegate_name")
    if any(office not in Delegate.Office.values for _name, office in people):
        raise Refusal(_("A delegate is a mayor, an alderman or a councillor."), field="delegate_office")
    if len({name for name, _office in people}) < len(people):
        raise Refusal(_("Each delegate is named once."), field="delegate_name")
    return people
