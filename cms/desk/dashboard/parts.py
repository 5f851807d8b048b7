"""The parts of a desk, each a heading and what stands below it; when there is nothing, it says what to do next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.desk.dashboard.dates import DATES
from cms.desk.dashboard.facts import Facts
from cms.desk.dashboard.scopes import Role, Scope
from cms.templatetags.words import date_medium
from coalition.membership.rules import Standing

SHOWN = 6
EXPIRES_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One thing, where it is dealt with, and what else there is to know of it."""

    words: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    name: str
    heading: str
    lines: list[Line]
    empty: str
    next_words: str = ""
    next_url: str = ""

    @property
    def shown(self) -> list[Line]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - SHOWN)


# --- who waits for the coordinator


def waiting(scope: Scope, facts: Facts) -> Part:
    """Everybody who waits for an answer or a deed of the coordinator, and what the agreement still lacks."""
    return Part(
        name="waiting",
        heading=_("Who waits for you"),
        lines=[line for source in WAITING for line in source(scope, facts)],
        empty=_("Nobody waits for you. Invite a municipality: its answer appears here."),
        next_words=_("Invite a municipality"),
        next_url=joining_desk(scope),
    )


def joining_desk(scope: Scope) -> str:
    return reverse("joining_desk", args=[scope.coalition.slug])


def requests(scope: Scope, facts: Facts) -> Iterator[Line]:
    for wish in facts.requests.get(scope.coalition.pk, []):
        words = _("%(municipality)s asks to join.") % {"municipality": wish.municipality.name}
        since = _("Waits since %(day)s.") % {"day": date_medium(wish.confirmed_at)}
        yield Line(words, joining_desk(scope), since)


def decisions(scope: Scope, facts: Facts) -> Iterator[Line]:
    for row in facts.memberships.get(scope.coalition.pk, []):
        name = {"municipality": row.municipality.name}
        state = row.state_on(facts.day)
        if state == Standing.REQUESTED and row.decision_date and not row.accepted_at:
            day = _("Decided on %(day)s.") % {"day": date_medium(row.decision_date)}
            yield Line(_("%(municipality)s decided to join: accept it.") % name, joining_desk(scope), day)
        elif state in (Standing.REQUESTED, Standing.INVITED) and not row.decision_date:
            note = _("The council decides; its representative writes the decision down.")
            yield Line(_("%(municipality)s has no decision yet.") % name, joining_desk(scope), note)


def invitations(scope: Scope, facts: Facts) -> Iterator[Line]:
    for row in facts.invitations.get(scope.coalition.pk, []):
        if row.expires_at <= facts.now + EXPIRES_SOON:
            who = row.municipality.name if row.municipality else row.get_role_display()
            words = _("The invitation to %(who)s was not answered.") % {"who": who}
            note = _("It ends on %(day)s.") % {"day": date_medium(row.expires_at)}
            yield Line(words, joining_desk(scope), note)


def agreement(scope: Scope, facts: Facts) -> Iterator[Line]:
    known = facts.agreements.get(scope.coalition.pk)
    if known is None:
        note = _("The law asks for ten headings, from duration to winding up.")
        words = _("The agreement between the municipalities is not written down yet.")
        yield Line(words, reverse("agreement:add"), note)
        return
    missing = known.missing()
    if missing:
        words = ngettext(
            "The agreement lacks %(number)d heading.", "The agreement lacks %(number)d headings.", len(missing)
        )
        names = ", ".join(str(known._meta.get_field(name).verbose_name) for name in missing)
        yield Line(words % {"number": len(missing)}, reverse("agreement:edit", args=[known.pk]), names)


def calls(scope: Scope, facts: Facts) -> Iterator[Line]:
    """Producers who want to be called, each by name: a call is for one person."""
    for producer in facts.producers.calls.get(scope.coalition.pk, []):
        words = _("%(producer)s wants to be called.") % {"producer": producer.name}
        yield Line(words, reverse("desk_producer", args=[producer.pk]), producer.phone)


def producers(scope: Scope, facts: Facts) -> Iterator[Line]:
    """How many producers wait for the same deed; the list names them."""
    for work, counts, words in (
        ("long", facts.producers.unanswered, _long),
        ("agency", facts.producers.undeclared, _undeclared),
        ("stale", facts.producers.stale, _stale),
    ):
        number = counts[scope.coalition.pk]
        if number:
            query = f"?work={work}&coalition={scope.coalition.pk}"
            yield Line(words(number) % {"number": number}, reverse("producer:index") + query)


def _long(number: int) -> str:
    return ngettext(
        "%(number)d producer was asked more than two weeks ago and did not answer.",
        "%(number)d producers were asked more than two weeks ago and did not answer.",
        number,
    )


def _undeclared(number: int) -> str:
    return ngettext(
        "%(number)d producer processes or resells without a declaration to the food agency.",
        "%(number)d producers process or resell without a declaration to the food agency.",
        number,
    )


def _stale(number: int) -> str:
    return ngettext(
        "%(number)d producer has not confirmed the profile for twelve months.",
        "%(number)d producers have not confirmed their profiles for twelve months.",
        number,
    )


# In this order they stand on the desk. Later rooms add theirs: one line each.
WAITING: tuple[Callable[[Scope, Facts], Iterator[Line]], ...] = (
    requests,
    decisions,
    invitations,
    agreement,
    calls,
    producers,
)


# --- members nobody speaks for, pages nobody looked at, days to come


def unrepresented(scope: Scope, facts: Facts) -> Part:
    """Members for whom nobody speaks today."""
    coalition = scope.coalition.pk
    lines = [
        Line(row.municipality.name, reverse("invitation:add"), _("Invite somebody who speaks for it."))
        for row in facts.memberships.get(coalition, [])
        if row.state_on(facts.day) in (Standing.MEMBER, Standing.PLANNED)
        and (coalition, row.municipality_id) not in facts.spoken_for
    ]
    return Part(
        name="unrepresented",
        heading=_("Members without a representative"),
        lines=lines,
        empty=_("Somebody speaks for every member. Who leaves office is ended here and followed by another."),
        next_words=_("See the municipalities"),
        next_url=joining_desk(scope),
    )


def untouched(scope: Scope, facts: Facts) -> Part:
    """Live pages that nobody saved for a year, the oldest first."""
    pages = [page for path in scope.paths for page in facts.old_pages.get(path, [])]
    lines = [
        Line(
            page.title,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _("Last changed on %(day)s.") % {"day": date_medium(page.touched)},
        )
        for page in sorted(pages, key=lambda page: page.touched)
    ]
    return Part(
        name="untouched",
        heading=_("Pages untouched for a year"),
        lines=lines,
        empty=_("Every page was looked at in the past year. Open one, read it and save it: then it counts again."),
    )


def dates(scope: Scope, facts: Facts) -> Part:
    """What happens next, the first day first."""
    days = sorted(entry for source in DATES for entry in source(scope, facts))
    coordinates = scope.role == Role.COORDINATOR
    return Part(
        name="dates",
        heading=_("Next dates"),
        lines=[Line(entry.words, entry.url, entry.when) for entry in days],
        empty=_("No date is known yet. Choose a day and an hour for the digest: it appears here."),
        next_words=_("Choose when the digest goes out") if coordinates else "",
        next_url=reverse("digest_schedule", args=[scope.coalition.slug]) if coordinates else "",
    )


# What each of them sees on his desk.
PARTS: dict[str, tuple[Callable[[Scope, Facts], Part], ...]] = {
    Role.COORDINATOR: (waiting, unrepresented, untouched, dates),
    Role.EDITOR: (untouched, dates),
    Role.REPRESENTATIVE: (untouched, dates),
}
