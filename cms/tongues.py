"""The language law on pages: which version is required, allowed or blocked (L-4.1 to L-4.5); a rule of publishing."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from cms import versions
from cms.pages.municipalities import MunicipalityPage
from coalition.base.dates import local_day
from coalition.membership.languages import (
    DUTCH,
    FRENCH,
    Voice,
    lacking_for_tourists,
    may_speak,
    must_be_french,
)
from coalition.membership.voices import voice
from coalition.territory.rules import needs_french

CORNERS_DEPTH = versions.FRONT_DEPTH + 1  # in the tree, of the page above all corners
# Fields in which an editor writes whole sentences.
SENTENCES = ("intro", "lead", "body", "exceptions", "alternatives", "controller", "roles")


def language_rules(page: Page) -> Iterable[str]:
    """Why `page` may not be published in its language, for `cms.publishing`."""
    now = timezone.now()
    speaking = voice_of(page, local_day(now))
    if versions.language_of(page) == DUTCH:
        return _of_dutch(page, speaking, now) if _must_be_french(page, speaking) else ()
    return _of_translation(page, speaking)


def voice_of(page: Page, day: date) -> Voice:
    """Who speaks on a page: the municipality of its corner, else its coalition, else the platform."""
    corner = _corner_of(page)
    if corner is not None:
        return voice(day, municipality=corner.municipality)
    return voice(day, coalition=getattr(page.specific, "coalition", None))


def _corner_of(page: Page) -> MunicipalityPage | None:
    if isinstance(page, MunicipalityPage):
        return page
    return MunicipalityPage.objects.ancestor_of(page, inclusive=True).select_related("municipality").first()


def french_is_missing(page: Page) -> str:
    """What stands in the way of a Dutch page that must be in French too; empty where nothing does."""
    now = timezone.now()
    if versions.language_of(page) != DUTCH:
        return ""
    speaking = voice_of(page, local_day(now))
    return next(iter(_of_dutch(page, speaking, now)), "") if _must_be_french(page, speaking) else ""


def is_marked_as_translation(page: Page) -> bool:
    """Whether a version in another language is marked as a translation: where Dutch and it are not equals by law.

    In the corner of a municipality with facilities the French page is as official as the Dutch one (one query).
    """
    if getattr(page, "coalition", None) is not None or versions.language_of(page) != FRENCH:
        return True
    corner = _corner_of(page) if page.depth > CORNERS_DEPTH else None
    return corner is None or not needs_french(corner.municipality.regime)


def publish_together(page: Page, user=None) -> None:
    """A Dutch page went live: the French version that it may not be without goes live with it."""
    speaking = voice_of(page, local_day(timezone.now()))
    if not page.live or versions.language_of(page) != DUTCH or not _must_be_french(page, speaking):
        return
    french = versions.version_of(page, FRENCH)
    if french is not None and not french.live:
        (french.latest_revision or french.save_revision(user=user)).publish(user=user)


def withdraw_together(page: Page) -> None:
    """A version went offline: where Dutch and French must stand together, neither stays behind alone."""
    versions.withdraw_others(page)
    source = versions.version_of(page, DUTCH)
    if source is None or source.pk == page.pk or not source.live:
        return
    if versions.language_of(page) == FRENCH and _must_be_french(source, voice_of(source, local_day(timezone.now()))):
        versions.withdraw(source)


def stands_unlawfully(page: Page) -> bool:
    """Whether a page just published, by whatever way, may not stand there; the platform's own pages are not asked."""
    if not page.live:
        return False
    speaking = voice_of(page, local_day(timezone.now()))
    if speaking.municipality is None and speaking.coalition is None:
        return False
    return any(True for _sentence in language_rules(page))


def _must_be_french(page: Page, speaking: Voice) -> bool:
    """Pages for a closed circle are no notices to the public."""
    return must_be_french(speaking) and not page.get_view_restrictions().exists()


def _of_dutch(page: Page, speaking: Voice, now: datetime) -> Iterable[str]:
    french = versions.version_of(page, FRENCH)
    if french is None:
        yield _missing(speaking)
        return
    if french.live:
        return
    draft = french.get_latest_revision_as_object()
    if is_still_dutch(draft, page):
        yield _("The French version still holds the Dutch text: write it in French.")
    if draft.go_live_at and draft.go_live_at > max(now, page.go_live_at or now):
        yield _("The French version is to appear later than the Dutch one: give both the same moment.")


def _missing(speaking: Voice) -> str:
    if speaking.municipality is not None:
        return _(
            "The French version is missing. A municipality with facilities speaks to its public in Dutch and in "
            "French: choose “Translate”, write it, and publish this page; both go live together."
        )
    return _(
        "The French version is missing. A municipality with facilities takes part, so shared pages stand in Dutch and "
        "in French: choose “Translate”, write it, and publish this page; both go live together. The coalition may "
        "record another choice under “Languages”."
    )


def _of_translation(page: Page, speaking: Voice) -> Iterable[str]:
    language = versions.language_of(page)
    source = versions.version_of(page, DUTCH)
    if not may_speak(speaking, language):
        yield _(
            "Nothing is recorded that allows pages in this language here. The law asks for a special purpose; it is "
            "recorded under “Languages”."
        )
    if source is None:
        yield _("A page in another language is a translation: write it in Dutch first, and choose “Translate” there.")
        return
    if not source.live:
        yield _source_first(source, speaking, language)
    if is_still_dutch(page, source):
        yield _("This version still holds the Dutch text: write it in its own language.")
    there = [versions.language_of(other) for other in versions.others(page).filter(live=True)]
    if lacking_for_tourists(speaking, language, there):
        yield _(
            "A recognised tourist centre speaks at least Dutch, French and German; not all of these versions are there."
        )


def _source_first(source: Page, speaking: Voice, language: str) -> str:
    if language == FRENCH and _must_be_french(source, speaking):
        return _("Publish the Dutch page: this version goes live together with it.")
    return _("Publish the Dutch page first: a translation says what stands there.")


def is_still_dutch(version: Page, source: Page) -> bool:
    """Whether a version was copied from the Dutch page and some of its sentences were never touched."""
    return any(
        text and text == sentences(source, name)
        for name in SENTENCES
        if (text := sentences(version, name)) and hasattr(source, name)
    )


def sentences(page: Page, name: str) -> str:
    """What a reader reads in a field of a page, without markup; empty where the page has no such field."""
    if not hasattr(page, name):
        return ""
    field, value = page._meta.get_field(name), getattr(page, name)
    if isinstance(field, StreamField):
        return " ".join(str(part) for part in field.get_searchable_content(value)).strip()
    return " ".join(strip_tags(str(value)).split())
