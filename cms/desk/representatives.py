"""The coordinator's page of representatives, with what ACM/IDM says of each: to look at, nothing is done here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from cms.base.acm import is_on
from cms.desk import evidence
from cms.desk.joining import coordinated
from coalition.base.dates import local_day
from coalition.membership import queries
from coalition.membership.models import Coalition, Mandate


class EvidenceDesk(View):
    """There only where ACM/IDM is set up, and only for who coordinates this coalition."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not is_on():
            raise Http404
        allowed = [coalition.pk for coalition in coordinated(request)]
        coalition = get_object_or_404(Coalition, slug=slug, pk__in=allowed)
        mandates = (
            queries.people_with(Mandate.Role.REPRESENTATIVE, coalition, local_day(timezone.now()))
            .select_related("municipality")
            .defer("municipality__boundary", "municipality__outline")
            .order_by("municipality__name_nl", "person__name")
        )
        context = {"coalition": coalition, "mandates": evidence.beside_mandates(mandates)}
        return render(request, "cms/desk/evidence.html", context)
