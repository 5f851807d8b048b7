"""What stands in the way of publishing a page: asked by the editor, by bulk publishing and by the clock alike."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from cms.base.languages import is_foreign
from cms.pages.coalitions import CoalitionPage
from cms.pages.statements import AccessibilityPage, PrivacyPage
from cms.tongues import language_rules


def statements_first(page: Page) -> Iterable[str]:
    """A coalition shows itself only when it says who answers for personal data and how accessible it is (J1)."""
    if not isinstance(page, CoalitionPage) or is_foreign(page.locale.language_code):
        return
    wanted = {
        PrivacyPage: _(
            "Publish the privacy statement first: it says who is responsible for the data, and who does what."
        ),
        AccessibilityPage: _("Publish the accessibility statement first: the law asks it of every public site."),
    }
    for kind, sentence in wanted.items():
        if not kind.objects.child_of(page).live().exists():
            yield sentence


# Every rule is asked; each yields whole sentences for the editor.
RULES: tuple[Callable[[Page], Iterable[str]], ...] = (statements_first, language_rules)


def obstacles(page: Page) -> list[str]:
    """Why `page` (of its own kind, as it is about to be) may not be published now; empty when nothing is against it."""
    return [sentence for rule in RULES for sentence in rule(page)]


def stop_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For Wagtail's hook `before_publish_page`: what was written is kept as a draft, and the editor is told why."""
    found = obstacles(page.specific)
    if not found:
        return None
    for sentence in found:
        messages.error(request, sentence)
    messages.warning(request, _("Your text is kept as a draft; it was not published."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def stop_bulk_publishing(request: HttpRequest, action_type: str, objects: Iterable, action) -> HttpResponse | None:
    """For Wagtail's hook `before_bulk_action`: nothing is published when one of the pages may not be."""
    if action_type != "publish":
        return None
    chosen = [page for page in objects if isinstance(page, Page)]
    if getattr(action, "include_descendants", False) or request.POST.get("include_descendants"):
        chosen += [below for page in chosen for below in page.get_descendants().not_live()]
    found = {sentence: page for page in chosen for sentence in obstacles(page.specific)}
    if not found:
        return None
    for sentence, page in found.items():
        messages.error(request, _("%(page)s: %(sentence)s") % {"page": page.title, "sentence": sentence})
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[chosen[0].get_parent().pk]))
