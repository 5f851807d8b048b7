"""The addresses of the desk of producers in the admin, and its entry in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from cms.desk.producers.exporting import TableDesk
from cms.desk.producers.guests import GuestDesk
from cms.desk.producers.importing import ImportDesk, ImportsDesk
from cms.desk.producers.profile import PhotoDesk, ProducerDesk
from cms.desk.producers.standards import PrinciplesDesk, SeasonsDesk
from cms.desk.producers.together import TogetherDesk
from cms.desk.producers.writing import ChangeDesk, DraftDesk, PhoneDesk
from cms.desk.scoped import coordinated_by


def urls() -> list[URLPattern]:
    return [
        path("producenten/nieuw/", DraftDesk.as_view(), name="desk_producer_add"),
        path("producenten/samen/", TogetherDesk.as_view(), name="desk_producers_together"),
        path("producenten/gast/", GuestDesk.as_view(), name="desk_guest"),
        path("producenten/principes/", PrinciplesDesk.as_view(), name="desk_principles"),
        path("producenten/seizoenen/", SeasonsDesk.as_view(), name="desk_seasons"),
        path("producenten/tabel/<slug:form>/", TableDesk.as_view(), name="desk_producers_table"),
        path("producenten/lijsten/", ImportsDesk.as_view(), name="desk_imports"),
        path("producenten/lijsten/<int:pk>/", ImportDesk.as_view(), name="desk_import"),
        path("producenten/<int:pk>/", ProducerDesk.as_view(), name="desk_producer"),
        path("producenten/<int:pk>/wijzig/", ChangeDesk.as_view(), name="desk_producer_edit"),
        path("producenten/<int:pk>/telefoon/", PhoneDesk.as_view(), name="desk_producer_phone"),
        path("producenten/<int:pk>/foto/<int:photo>/", PhotoDesk.as_view(), name="desk_producer_photo"),
    ]


class ProducersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(coordinated_by(request.user))


def menu_item() -> MenuItem:
    return ProducersMenuItem(
        gettext_lazy("Producers"), reverse("producer:index"), name="producers", icon_name="pick", order=450
    )
