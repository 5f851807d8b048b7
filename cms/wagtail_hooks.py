"""Registers what `cms` adds to Wagtail, and nothing else."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from cms import publishing
from cms.desk import coalitions, digests, joining, reports
from cms.desk.pages import own_pages
from cms.desk.records import CoalitionRecords


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("coalities/", coalitions.CoalitionDesk.as_view(), name="coalition_desk"),
        path("coalities/oprichten/", coalitions.FoundingDesk.as_view(), name="coalition_found"),
        path("coalities/<slug:slug>/", coalitions.FactsDesk.as_view(), name="coalition_facts"),
        path("gemeenten/", joining.JoiningOverview.as_view(), name="joining_overview"),
        path("coalities/<slug:slug>/gemeenten/", joining.JoiningDesk.as_view(), name="joining_desk"),
        path("overzichtsmail/", digests.DigestDesk.as_view(), name="digest_desk"),
        path("overzichtsmail/<slug:slug>/", digests.ScheduleDesk.as_view(), name="digest_schedule"),
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
def digest_menu_item():
    return digests.menu_item()


@hooks.register("register_admin_viewset")
def coalition_records():
    return CoalitionRecords()


@hooks.register("construct_page_chooser_queryset")
def only_pages_of_own_spaces(pages, request):
    return own_pages(pages, request)


hooks.register("before_publish_page", publishing.stop_publishing)
hooks.register("before_bulk_action", publishing.stop_bulk_publishing)


@hooks.register("insert_global_admin_js")
def no_inline_scripts():
    return format_html('<script src="{}"></script>', static("cms/js/admin.js"))


@hooks.register("construct_reports_menu")
def reports_of_own_spaces(request, menu_items):
    reports.only_own(request, menu_items)
