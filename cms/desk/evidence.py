"""What ACM/IDM says of people, in sentences for a coordinator. They inform; the decision stays a person's."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.base.acm import is_on
from coalition.base.dates import local_day, written_out
from coalition.evidence.queries import findings_for
from coalition.evidence.rules import Finding, Says
from coalition.membership.models import JoinRequest, Mandate
from coalition.people.models import Person
from coalition.territory.models import Municipality


def sentence(finding: Finding, municipality: Municipality) -> str:
    """One finding in words; empty where ACM/IDM says nothing."""
    if finding.row is None:
        return ""
    words = {
        "organisation": finding.row.organisation_name or finding.row.shown_number,
        "municipality": municipality.name,
        "day": written_out(local_day(finding.row.seen_at), get_language() or "nl"),
    }
    if not words["organisation"]:
        return _("ACM/IDM: signed in on %(day)s without an organisation.") % words
    return _SENTENCES[finding.says]() % words


# Functions, because the words are those of the visit and not of the moment in which this file is read.
_SENTENCES = {
    Says.FOR_IT: lambda: _("ACM/IDM: signed in for %(organisation)s on %(day)s."),
    Says.NO_LONGER: lambda: _(
        "ACM/IDM: signed in for %(organisation)s on %(day)s, but later for another organisation or for none. "
        "Ask whether the mandate still holds."
    ),
    Says.ELSEWHERE: lambda: _("ACM/IDM: signed in for %(organisation)s on %(day)s, not for %(municipality)s."),
    Says.CANNOT_TELL: lambda: _(
        "ACM/IDM: signed in for %(organisation)s on %(day)s. No enterprise number of %(municipality)s is known here, "
        "so it cannot be compared."
    ),
}


def beside_mandates(mandates: Iterable[Mandate]) -> list[Mandate]:
    """The mandates, each with what ACM/IDM says of it in `evidence`; two queries, none where it is off."""
    mandates = list(mandates)
    findings = findings_for((m.person_id, m.municipality_id) for m in mandates if m.municipality_id) if is_on() else {}
    for mandate in mandates:
        found = findings.get((mandate.person_id, mandate.municipality_id))
        mandate.evidence = sentence(found, mandate.municipality) if found else ""
    return mandates


def beside_requests(requests: Iterable[JoinRequest]) -> list[JoinRequest]:
    """The requests to join, each with what ACM/IDM says of whoever asked, if the address is of an account here."""
    requests = list(requests)
    people = {}
    if is_on() and requests:
        asked = {wish.email.lower() for wish in requests}
        people = dict(Person.objects.filter(email__in=asked).values_list("email", "pk"))
    findings = findings_for(
        (people[w.email.lower()], w.municipality_id) for w in requests if w.email.lower() in people
    ) if people else {}  # fmt: skip
    for wish in requests:
        found = findings.get((people.get(wish.email.lower()), wish.municipality_id))
        wish.evidence = sentence(found, wish.municipality) if found else ""
    return requests
