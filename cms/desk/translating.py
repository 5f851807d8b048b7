"""Making a version of a page in another language: by whoever may write both here and there, and nowhere else.

Wagtail copies to any language below the translated parent without asking whether the person may write there, and with
a whole tree at once. Here both ends are asked, the language must be one that the law allows, and one page is copied.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.admin import messages
from wagtail.models import Locale, Page

from cms import versions
from cms.base.languages import dutch, is_foreign
from cms.pages.coalitions import CoalitionPage
from cms.spaces import sync_grants
from cms.tongues import voice_of
from coalition.base.dates import local_day
from coalition.membership.languages import may_speak

# What the house opens by itself, or superusers alone: their versions are not made from the explorer.
OF_THE_HOUSE = ("homepage", "municipalityindexpage", "municipalitypage")


class TranslatePage(View):
    """In which languages a page may still be written; choosing one makes a draft and opens it."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = self.page(request, page_id)
        return render(request, "cms/desk/translate.html", {"page": page, "offers": offers(page, request)})

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = self.page(request, page_id)
        language = request.POST.get("language", "")
        if language not in {code for code, _name, obstacle in offers(page, request) if not obstacle}:
            raise PermissionDenied
        draft = translate(page, language, request.user)
        messages.success(
            request, _("“%(title)s” can be written in the other language now. It is a draft.") % {"title": page.title}
        )
        return redirect("wagtailadmin_pages:edit", draft.pk)

    def page(self, request: HttpRequest, page_id: int) -> Page:
        page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id).specific
        may = request.user.has_perm("simple_translation.submit_translation")
        if not may or page.is_root() or not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return page


def offers(page: Page, request: HttpRequest) -> list[tuple[str, str, str]]:
    """Code, name and what stands in the way (empty: nothing) of each language that the page has no version in."""
    if is_foreign(versions.language_of(page)):
        return []
    there = {versions.language_of(other) for other in versions.others(page)}
    names = {"fr": _("French"), "en": _("English")}
    return [(code, name, _obstacle(page, code, request)) for code, name in names.items() if code not in there]


def _obstacle(page: Page, language: str, request: HttpRequest) -> str:
    if page._meta.model_name in OF_THE_HOUSE and not request.user.is_superuser:
        return _("The front page of the platform and of a corner is opened in another language by the house itself.")
    if not may_speak(voice_of(page, local_day(timezone.now())), language):
        return _(
            "Nothing is recorded that allows pages in this language here. The law asks for a special purpose; it is "
            "recorded under “Languages”."
        )
    if isinstance(page, CoalitionPage) or page.get_parent().is_root():
        # Its place is below the front page of the platform, which the house opens together with it.
        return ""
    above = versions.version_of(page.get_parent(), language)
    if above is None:
        return _("Translate the page above first.")
    if not above.permissions_for_user(request.user).can_add_subpage():
        return _("You may not write below the page above in this language.")
    return ""


@transaction.atomic
def translate(page: Page, language: str, user) -> Page:
    """A draft of `page` in `language`, with the Dutch words to write over."""
    if isinstance(page, CoalitionPage):
        versions.open_language(language)
    locale, _created = Locale.objects.get_or_create(language_code=language)
    action = CopyPageForTranslationAction(page=page, locale=locale, user=user)
    draft = action.execute(skip_permission_checks=True)
    if isinstance(page, CoalitionPage):
        # Who writes in the coalition writes in its other languages too.
        sync_grants(coalition=page.coalition, now=timezone.now())
    return draft


def stays_with_its_source(request: HttpRequest, page: Page, *destination) -> HttpResponse | None:
    """For Wagtail's hook `before_move_page`: a translation stands where the Dutch page stands, and moves with it."""
    if not is_foreign(page.locale.language_code) or versions.version_of(page, dutch()) is None:
        return None
    messages.error(request, _("A translation stands where its Dutch page stands. Move the Dutch page; it goes along."))
    return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def stay_with_their_sources(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    """The same for Wagtail's hook `before_bulk_action`: nothing is moved when one of the pages is a translation."""
    if action_type != "move":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    return next((answer for page in pages if (answer := stays_with_its_source(request, page))), None)


def goes_with_its_source(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    """For Wagtail's hook on cascades: what becomes of the versions when a Dutch page is withdrawn or deleted."""
    if action not in ("delete", "unpublish"):
        return {}
    found = {}
    for page in pages:
        if not is_foreign(page.locale.language_code):
            found[page] = versions.others(page).filter(alias_of__isnull=True)
    return found
