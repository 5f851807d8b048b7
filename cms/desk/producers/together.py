"""One deed for several producers who were picked from the list: first named, then done, then told one by one."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from cms.desk.producers.deeds import TOGETHER
from cms.desk.producers.scope import own_producers
from cms.desk.scoped import coordinated_by
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers.models import Producer

MOST = 500


class TogetherDesk(View):
    """Whoever is not listed by a coalition of one's own was not picked, whatever was sent."""

    model = Producer

    def post(self, request: HttpRequest) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed not in TOGETHER:
            raise Http404
        picked = self.picked(request)
        if not picked:
            messages.error(request, _("Pick producers from the list first."))
            return redirect("producer:index")
        if "sure" not in request.POST:
            context = {"deed": deed, "picked": picked}
            return render(request, "cms/desk/producers/together.html", context)
        self.carry_out(request, deed, picked)
        return redirect("producer:index")

    def picked(self, request: HttpRequest) -> QuerySet[Producer]:
        keys = {key for key in request.POST.getlist("pk")[:MOST] if key.isascii() and key.isdecimal() and len(key) < 19}
        return own_producers(request.user).filter(pk__in=keys).order_by("name", "pk")

    def carry_out(self, request: HttpRequest, deed: str, picked: QuerySet[Producer]) -> None:
        """Each by itself: what is refused for one does not stop the others."""
        done = []
        for producer in picked:
            for coalition in self.coalitions(producer):
                try:
                    TOGETHER[deed](request, producer, coalition)
                except Refusal as refusal:
                    messages.error(request, str(refusal))
                else:
                    done.append(producer.name)
                if deed != "unlist":
                    break
        if done:
            messages.success(request, _("Done for: %(producers)s.") % {"producers": ", ".join(dict.fromkeys(done))})

    @cached_property
    def own(self) -> dict[int, Coalition]:
        return Coalition.objects.in_bulk(coordinated_by(self.request.user))

    def coalitions(self, producer: Producer) -> list[Coalition]:
        """Those of one's own that list him: off the list is off all of them, the rest is done once."""
        listed = producer.listings.filter(coalition__in=self.own).order_by("coalition__name")
        return [self.own[pk] for pk in listed.values_list("coalition", flat=True)]
