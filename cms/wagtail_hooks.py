"""Registers what `cms` adds to Wagtail, and nothing else."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from cms import publishing
from cms.blocks import links
from cms.desk import (
    checks,
    coalitions,
    dashboard,
    digests,
    joining,
    languages,
    numbers,
    reports,
    representatives,
    rights,
    translating,
)
from cms.desk.pages import own_pages
from cms.desk.producers import doors as producers
from cms.desk.producers.listing import ProducerViewSet
from cms.desk.records import CoalitionRecords


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("coalities/", coalitions.CoalitionDesk.as_view(), name="coalition_desk"),
        path("coalities/oprichten/", coalitions.FoundingDesk.as_view(), name="coalition_found"),
        path("coalities/stichters/", coalitions.FoundersDesk.as_view(), name="founder_invite"),
        path("coalities/<slug:slug>/", coalitions.FactsDesk.as_view(), name="coalition_facts"),
        path("gemeenten/", joining.JoiningOverview.as_view(), name="joining_overview"),
        path("coalities/<slug:slug>/gemeenten/", joining.JoiningDesk.as_view(), name="joining_desk"),
        path("coalities/<slug:slug>/acm/", representatives.EvidenceDesk.as_view(), name="evidence_desk"),
        path("ondernemingsnummers/", numbers.NumbersDesk.as_view(), name="numbers_desk"),
        path("reports/toestemmingen/", rights.ConsentReport.as_view(), name="consents"),
        path("reports/toestemmingen/csv/", rights.ConsentFile.as_view(), name="consents_file"),
        path("reports/gegevens/", rights.RequestDesk.as_view(), name="data_requests"),
        path("reports/gegevens/<int:pk>/beantwoord/", rights.RequestDone.as_view(), name="data_request_done"),
        path("talen/", languages.LanguagesOverview.as_view(), name="languages_overview"),
        path("talen/coalitie/<slug:name>/", languages.CoalitionLanguages.as_view(), name="coalition_languages"),
        path("talen/gemeente/<slug:name>/", languages.MunicipalLanguages.as_view(), name="municipal_languages"),
        path("overzichtsmail/", digests.DigestDesk.as_view(), name="digest_desk"),
        path("overzichtsmail/<slug:slug>/", digests.ScheduleDesk.as_view(), name="digest_schedule"),
        *producers.urls(),
    ]


@hooks.register("register_admin_menu_item")
def coalition_menu_item():
    return coalitions.menu_item()


@hooks.register("register_admin_menu_item")
def founding_menu_item():
    return coalitions.founding_menu_item()


@hooks.register("register_admin_menu_item")
def joining_menu_item():
    return joining.menu_item()


@hooks.register("register_admin_menu_item")
def producers_menu_item():
    return producers.menu_item()


@hooks.register("register_admin_menu_item")
def numbers_menu_item():
    return numbers.menu_item()


@hooks.register("register_admin_menu_item")
def languages_menu_item():
    return languages.menu_item()


@hooks.register("register_admin_menu_item")
def digest_menu_item():
    return digests.menu_item()


hooks.register("register_reports_menu_item", rights.consents_item)
hooks.register("register_reports_menu_item", rights.requests_item)


@hooks.register("register_admin_viewset")
def coalition_records():
    return CoalitionRecords()


@hooks.register("register_admin_viewset")
def producer_list():
    return ProducerViewSet()


@hooks.register("construct_page_chooser_queryset")
def only_pages_of_own_spaces(pages, request):
    return own_pages(pages, request)


hooks.register("before_publish_page", publishing.stop_publishing)
hooks.register("before_bulk_action", publishing.stop_bulk_publishing)
hooks.register("before_move_page", translating.stays_with_its_source)
hooks.register("before_bulk_action", translating.stay_with_their_sources)
hooks.register("construct_translated_pages_to_cascade_actions", translating.goes_with_its_source)
hooks.register("before_edit_page", languages.warn_the_editor)
hooks.register("construct_explorer_page_queryset", languages.mark_what_is_missing)


@hooks.register("insert_global_admin_js")
def no_inline_scripts():
    return format_html('<script src="{}"></script>', static("cms/js/admin.js"))


@hooks.register("construct_reports_menu")
def reports_of_own_spaces(request, menu_items):
    reports.only_own(request, menu_items)


@hooks.register("construct_wagtail_userbar")
def our_checks(request, items, page):
    checks.ours(request, items)


@hooks.register("construct_homepage_panels")
def dashboard_panel(request, panels):
    dashboard.add_panel(request, panels)


@hooks.register("construct_homepage_summary_items", order=1000)
def own_counts(request, items):
    dashboard.only_own_counts(request, items)


# After Wagtail's own, whose place they take.
@hooks.register("register_rich_text_features", order=100)
def links_looked_up_together(features):
    features.register_link_type(links.PageLinks)
    features.register_link_type(links.DocumentLinks)
