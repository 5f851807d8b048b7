"""Which producers are somebody's to write about, and in the name of which coalition."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from cms.desk.scoped import coordinated_by
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.people.models import Person
from coalition.producers import queries
from coalition.producers.models import Listing, Producer
from coalition.producers.queries import HEAVY


def own_producers(person: Person) -> QuerySet[Producer]:
    """The producers that somebody's coalitions list, each once."""
    listed = Listing.objects.filter(coalition__in=coordinated_by(person))
    return Producer.objects.filter(pk__in=listed.values("producer")).select_related("municipality").defer(*HEAVY)


def kept_producers(person: Person) -> QuerySet[Producer]:
    """Those of them that his coalitions look after: of a guest he reads what everybody reads, and no more."""
    kept = queries.kept(coordinated_by(person), local_day(timezone.now()))
    return own_producers(person).filter(pk__in=kept.values("pk"))


def own_coalitions(person: Person) -> list[Coalition]:
    """The coalitions that somebody coordinates today, by name."""
    return list(Coalition.objects.filter(pk__in=coordinated_by(person)).order_by("name"))


def chosen(request: HttpRequest, coalitions: list[Coalition]) -> Coalition:
    """The one of `coalitions` that was named, else the first; one of others, or none at all, does not exist."""
    named = request.POST.get("coalition") or request.GET.get("coalition")
    found = [coalition for coalition in coalitions if named in (None, "", str(coalition.pk), coalition.slug)]
    if not found:
        raise Http404
    return found[0]


class OfOneProducer(View):
    """A page about one producer; a producer whom only others look after does not exist."""

    model = Producer
    producer: Producer
    # Which producers somebody finds here.
    found_among = staticmethod(kept_producers)

    def dispatch(self, request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        self.producer = get_object_or_404(self.found_among(request.user), pk=pk)
        return super().dispatch(request, **kwargs)

    @cached_property
    def listed_by(self) -> list[Coalition]:
        """Those of one's own coalitions that list the producer, first those that look after him."""
        coalitions = Coalition.objects.filter(
            listings__producer=self.producer, pk__in=coordinated_by(self.request.user)
        )
        keepers = queries.keepers(self.producer, local_day(timezone.now()))
        return sorted(coalitions, key=lambda coalition: (coalition.pk not in keepers, coalition.name))

    @cached_property
    def coalition(self) -> Coalition:
        """In whose name something is written now."""
        return chosen(self.request, self.listed_by)


class OfACoalition(View):
    """A page in the name of one of one's own coalitions, named by `coalition`; the first where none is named."""

    @cached_property
    def coalitions(self) -> list[Coalition]:
        return own_coalitions(self.request.user)

    @cached_property
    def coalition(self) -> Coalition:
        return chosen(self.request, self.coalitions)

    def here(self) -> str:
        return f"{self.request.path}?coalition={self.coalition.pk}"
