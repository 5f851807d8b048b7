"""The doors of the house, and two that nobody should have built: the sweep must find both."""

from django.http import HttpResponse
from django.urls import include, path
from wagtail.admin.viewsets.model import ModelViewSet

from cms.urls import urlpatterns as doors_of_the_house
from coalition.membership.models import Mandate


class Unscoped(ModelViewSet):
    model = Mandate
    form_fields = ("role",)
    name = "planted"


urlpatterns = [
    path("admin/planted/records/", include((Unscoped().get_urlpatterns(), "planted"))),
    path("admin/planted/unheard-of/<int:something_id>/", lambda request, something_id: HttpResponse()),
    *doors_of_the_house,
]
