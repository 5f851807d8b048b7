"""Every door of the house on one page."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cms.base import health, media, security
from cms.base.serve import serve
from cms.desk import gate, tags, translating
from cms.desk.people import OwnAccount
from cms.feeds import producers as open_producers
from cms.feeds.brochures import brochure_pdf
from cms.feeds.municipalities import municipalities
from cms.feeds.pdf import sheet
from cms.feeds.photos import producer_photo
from cms.members import acm, digests, farmer, joining, mailbox, places, rights
from cms.pages.finder import municipality_finder
from cms.pages.producers import platform as producers
from cms.pages.search import search_page

my_data = [
    path("", rights.Own.as_view(), name="rights_own"),
    path("kopie/<slug:form>/", rights.Take.as_view(), name="rights_take"),
    path("naam/", rights.Correct.as_view(), name="rights_correct"),
    path("wissen/", rights.Erase.as_view(), name="rights_erase"),
    path("gewist/", rights.erased, name="rights_erased"),
    path("per-mail/", rights.Ask.as_view(), name="rights_ask"),
    path("per-mail/gevraagd/", rights.asked, name="rights_asked"),
    path("link/<str:token>/", rights.ByLink.as_view(), name="rights_by_link"),
    path("link/<str:token>/kopie/<slug:form>/", rights.TakeByLink.as_view(), name="rights_take_by_link"),
    path("link/<str:token>/wissen/", rights.EraseByLink.as_view(), name="rights_erase_by_link"),
]
farmers = [
    path("bedankt/", farmer.thanks, name="farmer_thanks"),
    path("gevraagd/", farmer.asked, name="farmer_asked"),
    path("<str:token>/", farmer.Profile.as_view(), name="farmer_profile"),
    path("<str:token>/foto/", farmer.AddPhoto.as_view(), name="farmer_photo_add"),
    path("<str:token>/foto/<int:photo>/weg/", farmer.RemovePhoto.as_view(), name="farmer_photo_remove"),
    path("<str:token>/foto/<int:photo>.jpg", farmer.OwnPhoto.as_view(), name="farmer_photo"),
    path("<str:token>/bel-mij/", farmer.Call.as_view(), name="farmer_call"),
    path("<str:token>/niet-tonen/", farmer.Hide.as_view(), name="farmer_hide"),
    path("<str:token>/opnieuw/", farmer.Again.as_view(), name="farmer_again"),
]
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path("postvak/", mailbox.mailbox, name="mailbox"),
    path("postvak/<str:name>/", mailbox.message, name="mailbox_message"),
    path("postvak/<str:name>/html/", mailbox.html, name="mailbox_html"),
    # Wagtail's own sign-in pages know no second factor and no rate limit: nothing reaches them.
    path("admin/login/", to_sign_in),
    re_path(r"^admin/password_reset/", to_sign_in),
    path("admin/translation/submit/page/<int:page_id>/", require_admin_access(translating.TranslatePage.as_view())),
    path("admin/account/", require_admin_access(OwnAccount.as_view())),
    # Wagtail names here what belongs to others (cms/desk/gate.py).
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", gate.bulk),
    path("admin/tag-autocomplete/", tags.autocomplete),
    path("admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags.autocomplete),
    path("admin/", include(wagtailadmin_urls)),
    path("kaart/producenten.geojson", open_producers.on_a_map, name="producers_geojson"),
    path("kaart/gemeenten.geojson", municipalities, name="municipalities_geojson"),
    path("drukwerk/<str:token>/<str:name>", sheet, name="sheet"),
    path("foto/<slug:name>-<int:width>.jpg", producer_photo, name="producer_photo"),
    path("documenten/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", media.picture),
]

# The language of a visit is in its address, Dutch without a prefix: nothing else decides it, nothing remembers it.
urlpatterns += i18n_patterns(
    path("_util/login/", to_sign_in),
    # A code by mail is the only way in: there are no passwords to change or forget.
    re_path(r"^accounts/password/", to_sign_in),
    # Of other sign-in services there is one, by doors of our own, and only where it is set up.
    re_path(r"^accounts/(?:3rdparty|social)/", acm.no_such_door),
    path("accounts/acm/", acm.Start.as_view(), name="acm_start"),
    path("accounts/acm/terug/", acm.Return.as_view(), name="acm_return"),
    path("accounts/acm/onbekend/", acm.Unknown.as_view(), name="acm_unknown"),
    path("accounts/acm/mislukt/", acm.Failed.as_view(), name="acm_failed"),
    path("accounts/acm/afgebroken/", acm.Cancelled.as_view(), name="acm_cancelled"),
    path("accounts/acm/koppeling/", acm.Account.as_view(), name="acm_account"),
    path("accounts/acm/koppelen/", acm.Link.as_view(), name="acm_link"),
    path("accounts/acm/ontkoppelen/", acm.Unlink.as_view(), name="acm_unlink"),
    path("accounts/", include("allauth.urls")),
    path("gemeente-zoeken/", municipality_finder, name="municipality_finder"),
    path("zoeken/", search_page, name="search"),
    path("producenten/", producers.directory, name="producers"),
    path("producenten/seizoen/", producers.seasons, name="producers_seasons"),
    path("producenten/<slug:producer>/", producers.producer, name="producer"),
    path("kaart/", producers.on_a_map, name="producers_map"),
    path("open-data/<slug:slug>/producenten.csv", open_producers.as_csv, name="producers_csv"),
    path("open-data/<slug:slug>/producenten.xlsx", open_producers.as_xlsx, name="producers_xlsx"),
    path("kaart/lijst/", producers.as_list, name="producers_list"),
    path("overzichtsmail/<slug:slug>/", digests.Subscribe.as_view(), name="digest_subscribe"),
    path("overzichtsmail/<slug:slug>/gevraagd/", digests.asked, name="digest_asked"),
    path("bevestig/<str:token>/", digests.Confirm.as_view(), name="digest_confirm"),
    path("uitschrijven/<str:token>/", digests.Stop.as_view(), name="digest_stop"),
    path("lidmaatschap/", places.places, name="membership_places"),
    path("lidmaatschap/bevestigen/<str:token>/", joining.Confirm.as_view(), name="join_confirm"),
    path("lidmaatschap/<slug:slug>/", joining.Join.as_view(), name="join"),
    path("lidmaatschap/<slug:slug>/gevraagd/", joining.asked, name="join_asked"),
    path("lidmaatschap/<slug:slug>/gemeente/<str:nis>/", places.Place.as_view(), name="membership_place"),
    path("uitnodiging/<str:token>/", joining.AcceptInvitation.as_view(), name="invitation"),
    path("mijn-gegevens/", include(my_data)),
    path("boer/", include(farmers)),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)brochure-(?P<form>a4|a5|boekje)\.pdf$", brochure_pdf, name="brochure_pdf"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
