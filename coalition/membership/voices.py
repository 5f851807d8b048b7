"""Who speaks on a page, and in which languages that voice may: read from memberships and from what was recorded."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from coalition.membership.languages import Choice, Ground, Voice
from coalition.membership.models import Coalition, LanguageGround, Mandate, Membership, SharedLanguages
from coalition.membership.rules import Standing
from coalition.territory.models import Municipality
from coalition.territory.rules import needs_french

if TYPE_CHECKING:
    from coalition.people.models import Person


def spoken_for(person: "Person", day: date) -> list[Municipality]:
    """The municipalities that a person speaks for on `day`, by name; none by being a superuser (one query)."""
    if not person.is_active:
        return []
    mandates = Mandate.objects.filter(person=person, role=Mandate.Role.REPRESENTATIVE).on(day)
    rows = Municipality.objects.filter(pk__in=mandates.values("municipality"))
    return list(rows.defer("boundary", "outline").order_by("name_nl", "nis"))


def with_facilities(coalition: Coalition, day: date) -> bool:
    """Whether a municipality with facilities is a member of a coalition on `day` (one query)."""
    members = Membership.objects.filter(standing=Standing.MEMBER, coalition=coalition).on(day)
    return _any_with_facilities(members)


def voice(day: date, *, coalition: Coalition | None = None, municipality: Municipality | None = None) -> Voice:
    """A municipality in its corner, a coalition, or (neither given) the platform, with what it may speak on `day`."""
    if municipality is not None:
        grounds = LanguageGround.objects.filter(municipality=municipality)
        return Voice(
            municipality=municipality, with_facilities=needs_french(municipality.regime), grounds=_told(grounds)
        )
    members = Membership.objects.filter(standing=Standing.MEMBER).on(day)
    if coalition is None:
        # The platform speaks a language as soon as one of those whom it carries may.
        return Voice(
            with_facilities=_any_with_facilities(members),
            grounds=dict.fromkeys(_told(LanguageGround.objects.all()), Ground.TRANSLATION),
        )
    chosen = SharedLanguages.objects.filter(coalition=coalition).first()
    return Voice(
        coalition=coalition,
        with_facilities=with_facilities(coalition, day),
        choice=Choice(chosen.choice) if chosen else Choice.BOTH,
        grounds=_told(LanguageGround.objects.filter(coalition=coalition)),
    )


def _any_with_facilities(members: QuerySet[Membership]) -> bool:
    regimes = members.values_list("municipality__regime", flat=True).distinct()
    return any(needs_french(regime) for regime in regimes)


def _told(grounds: QuerySet[LanguageGround]) -> dict[str, Ground]:
    return {row.language: Ground(row.ground) for row in grounds}
