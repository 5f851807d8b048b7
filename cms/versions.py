"""The same page in several languages: opened as a draft beside the Dutch one, and kept together with it.

Versions are one notice to the public: they are closed together, withdrawn together and stand in the same place of
their trees. Dutch leads: what happens to it happens to the others.
"""

from django.db.models import QuerySet
from wagtail.models import Locale, Page, PageViewRestriction

from cms.base.languages import dutch
from cms.pages.home import HomePage

FRONT_DEPTH = 2  # in the tree, of the front page of each language
# What somebody wrote in Dutch is not copied where nobody is going to translate it at once.
WORDS = ("intro", "lead", "body")


def language_of(page: Page) -> str:
    return page.locale.language_code


def others(page: Page) -> QuerySet[Page]:
    """The other versions of a page, drafts and aliases too."""
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).select_related("locale")


def version_of(page: Page, language: str) -> Page | None:
    """The version of a page in `language`, of its own kind; None where there is none."""
    if language_of(page) == language:
        return page
    found = others(page).filter(locale__language_code=language).first()
    return found.specific if found else None


def open_language(language: str) -> HomePage:
    """The front page of the platform in `language`, published; made once, without words that are not in it."""
    home = HomePage.objects.get(locale=Locale.get_default())
    front = version_of(home, language) or open_version(home, language)
    if not front.live:
        front.save_revision().publish()
    return front


def open_version(page: Page, language: str, **facts) -> Page:
    """A draft of `page` in `language` with its words still to be written; the version there is when there is one.

    The page above must have a version in `language` already. `facts` are fields with another value than in Dutch.
    """
    known = version_of(page, language)
    if known is not None:
        return known
    locale, _created = Locale.objects.get_or_create(language_code=language)
    blank = [name for name in WORDS if hasattr(page, name)]
    draft = page.specific.copy_for_translation(locale, exclude_fields=blank).specific
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision()
    return draft


def withdraw(page: Page) -> None:
    """Take a page offline if it is on."""
    if page.live:
        page.specific.unpublish()


def withdraw_others(page: Page) -> None:
    """The Dutch page is gone: no translation stays behind. Translations take nothing with them."""
    if language_of(page) == dutch():
        for other in others(page).filter(live=True):
            withdraw(other)


def follow(page: Page) -> None:
    """The Dutch page was moved: its versions go where it went, and offline where there is no place for them there."""
    if language_of(page) != dutch():
        return
    parent = page.get_parent()
    for other in others(page):
        place = parent if parent.is_root() else version_of(parent, language_of(other))
        if place is None:
            withdraw(other)
        elif not other.is_child_of(place):
            other.move(Page.objects.get(pk=place.pk), pos="last-child")


def share_privacy(restriction: PageViewRestriction) -> None:
    """Close every version of a page in the same way; the groups follow in `share_readers`."""
    page = Page.objects.select_related("locale").filter(pk=restriction.page_id).first()
    for other in others(page) if page else ():
        known = other.view_restrictions.first()
        if known is None or known.restriction_type != restriction.restriction_type:
            known = known or PageViewRestriction(page=other)
            known.restriction_type, known.password = restriction.restriction_type, restriction.password
            known.save()


def share_readers(restriction: PageViewRestriction) -> None:
    """Let the same groups read every version of a page."""
    readers = set(restriction.groups.all())
    page = Page.objects.filter(pk=restriction.page_id).first()
    for other in others(page) if page else ():
        for known in other.view_restrictions.filter(restriction_type=restriction.restriction_type):
            if set(known.groups.all()) != readers:
                known.groups.set(readers)


def open_to_all(page: Page) -> None:
    """A page was opened: its versions are opened with it."""
    PageViewRestriction.objects.filter(page__in=others(page)).delete()
