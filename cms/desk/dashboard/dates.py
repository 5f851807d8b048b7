"""Days to come, from every room that knows one: a list of sources, each giving its entries for one scope."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.desk.dashboard.facts import Facts
from cms.desk.dashboard.scopes import Role, Scope
from cms.templatetags.words import date_long, time_short
from coalition.base.dates import local_day
from coalition.membership.models import Membership
from coalition.membership.rules import Standing

HORIZON = timedelta(days=100)


@dataclass(frozen=True, order=True)
class Entry:
    """What happens on a day; `when` is the day as it is said, with its hour where there is one."""

    day: date
    words: str
    url: str = field(compare=False)
    when: str = field(compare=False)


def digest(scope: Scope, facts: Facts) -> Iterator[Entry]:
    due = facts.next_digests.get(scope.coalition.pk)
    if due is not None:
        url = reverse("digest_schedule", args=[scope.coalition.slug]) if scope.role == Role.COORDINATOR else ""
        yield Entry(local_day(due), _("The digest goes out."), url, f"{date_long(due)}, {time_short(due)}")


def memberships(scope: Scope, facts: Facts) -> Iterator[Entry]:
    """Who joins or leaves soon: all of a coalition, or only one's own municipality."""
    for row in facts.memberships.get(scope.coalition.pk, []):
        if scope.municipality is None or row.municipality_id == scope.municipality.pk:
            yield from _turns(row, scope, facts.day)


def _turns(row: Membership, scope: Scope, today: date) -> Iterator[Entry]:
    if row.standing not in (Standing.MEMBER, Standing.OBSERVER):
        return
    url = reverse("joining_desk", args=[scope.coalition.slug]) if scope.role == Role.COORDINATOR else ""
    name = {"municipality": row.municipality.name}
    if row.valid_from and today < row.valid_from <= today + HORIZON:
        yield Entry(row.valid_from, _("%(municipality)s joins.") % name, url, date_long(row.valid_from))
    if row.valid_until and today <= row.valid_until <= today + HORIZON:
        yield Entry(row.valid_until, _("Last day of %(municipality)s.") % name, url, date_long(row.valid_until))


def certificates(scope: Scope, facts: Facts) -> Iterator[Entry]:
    """Certificates of producers that end: for who coordinates and asks for the new one."""
    if scope.role != Role.COORDINATOR:
        return
    for label in facts.producers.labels.get(scope.coalition.pk, []):
        words = _("The certificate of %(producer)s ends: %(label)s.") % {
            "producer": label.producer.name,
            "label": label,
        }
        url = reverse("desk_producer", args=[label.producer_id])
        yield Entry(label.expires_on, words, url, date_long(label.expires_on))


# Later rooms add theirs, markets and meetings first: one line each.
DATES: tuple[Callable[[Scope, Facts], Iterator[Entry]], ...] = (digest, memberships, certificates)
