"""Recording in which languages a coalition or a municipality speaks, and why; nothing here concerns a person."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import permits, voices
from coalition.membership.languages import Choice, Ground
from coalition.membership.models import Coalition, LanguageGround, SharedLanguages
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from coalition.people.models import Person


@transaction.atomic
def choose_shared_languages(
    *, coalition: Coalition, choice: Choice, reason: str, decided_on: date, by: "Person | None", now: datetime
) -> SharedLanguages:
    """Record a coalition's legal choice for its shared pages (L-4.3); only a coordinator may, and says why."""
    permits.must_coordinate(by, coalition, now)
    _must_be_past(decided_on, now)
    if not reason.strip():
        raise Refusal(_("Say on which advice or decision the choice rests."), field="reason")
    facts = {"choice": choice, "reason": reason.strip(), "decided_on": decided_on}
    chosen, _created = SharedLanguages.objects.update_or_create(coalition=coalition, defaults=facts)
    record(Verb.LANGUAGES_CHOSEN, subject=coalition, by=by, about=coalition, now=now, choice=str(choice))
    return chosen


@transaction.atomic
def record_ground(
    *,
    language: str,
    ground: Ground,
    purpose: str,
    audience: str,
    decided_on: date,
    by: "Person | None",
    now: datetime,
    coalition: Coalition | None = None,
    municipality: Municipality | None = None,
    decision_url: str = "",
) -> LanguageGround:
    """Record why pages of a coalition, or a municipality's corner, may stand in `language`; a second time changes it.

    A coordinator records it for the coalition; for a municipality only who speaks for it.
    """
    _must_be_of_one(coalition, municipality)
    _must_decide(by, coalition, municipality, now)
    _must_be_past(decided_on, now)
    if language not in LanguageGround.Language.values:
        raise Refusal(_("Pages do not stand in this language."), field="language")
    if not purpose.strip() or not audience.strip():
        raise Refusal(_("Say what the pages are for, and for whom."), field="purpose")
    if ground == Ground.TOURIST and (municipality is None or not decision_url):
        raise Refusal(
            _("A recognised tourist centre is a municipality, and shows the decision of its council."),
            field="decision_url",
        )
    written, _created = LanguageGround.objects.update_or_create(
        coalition=coalition,
        municipality=municipality,
        language=language,
        defaults={
            "ground": ground,
            "purpose": purpose.strip(),
            "audience": audience.strip(),
            "decided_on": decided_on,
            "decision_url": decision_url,
        },
    )
    record(Verb.GROUND_RECORDED, subject=written, by=by, about=coalition, now=now, language=language)
    return written


@transaction.atomic
def withdraw_ground(*, ground: LanguageGround, by: "Person | None", now: datetime) -> None:
    """No page may be published on this ground any more; what is public stays until somebody withdraws it."""
    _must_decide(by, ground.coalition, ground.municipality, now)
    record(Verb.GROUND_WITHDRAWN, subject=ground, by=by, about=ground.coalition, now=now, language=ground.language)
    ground.delete()


def _must_be_of_one(coalition: Coalition | None, municipality: Municipality | None) -> None:
    if (coalition is None) == (municipality is None):
        raise TypeError("a ground is of one coalition or of one municipality")


def _must_decide(
    by: "Person | None", coalition: Coalition | None, municipality: Municipality | None, now: datetime
) -> None:
    if coalition is not None:
        permits.must_coordinate(by, coalition, now)
    elif by is not None and municipality not in voices.spoken_for(by, local_day(now)):
        raise Refusal(_("Only who speaks for %(municipality)s may do this.") % {"municipality": municipality.name})


def _must_be_past(decided_on: date, now: datetime) -> None:
    if decided_on > local_day(now):
        raise Refusal(_("A decision cannot lie in the future."), field="decided_on")
