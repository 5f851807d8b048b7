"""The page of one producer at the desk: what stands, what waits, what hinders, what he agreed to, and who did what."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.base.producer_form import differences
from cms.desk.producers.deeds import DEEDS
from cms.desk.producers.scope import OfOneProducer, kept_producers, own_producers
from cms.desk.scoped import coordinated_by
from cms.templatetags.words import date_medium
from coalition.activity.models import Entry
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import pictures, queries, rules, waiting
from coalition.producers.facts import EMPTY, read_facts
from coalition.producers.models import Photo, Producer
from coalition.producers.words import AllergenState, Reach, Via

GONE = {"delete", "unlist"}


@dataclass(frozen=True)
class Happened:
    """One line of the change log: when, what, and who."""

    at: Any
    what: str
    who: str


class ProducerDesk(OfOneProducer):
    """GET tells, POST carries out one deed; a refusal is told above the same page. Of a guest it tells little."""

    found_among = staticmethod(own_producers)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("deed", "")
        if name not in DEEDS:
            raise Http404
        try:
            done = DEEDS[name](request, self.producer, self.coalition)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.show(request, status=422)
        messages.success(request, done)
        return redirect("producer:index") if name in GONE else redirect("desk_producer", self.producer.pk)

    def show(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        if not kept_producers(request.user).filter(pk=self.producer.pk).exists():
            context = {"producer": self.producer, "coalitions": self.listed_by}
            return render(request, "cms/desk/producers/guest_profile.html", context, status=status)
        facts, now = read_facts(self.producer), timezone.now()
        draft = getattr(self.producer, "draft", None)
        context = {
            "producer": self.producer,
            "coalitions": self.listed_by,
            "elsewhere": self.elsewhere(),
            "listings": self.producer.listings.filter(coalition__in=self.listed_by).select_related("coalition"),
            "facts": differences(EMPTY, facts),
            "change": differences(facts, EMPTY | draft.facts) if draft else [],
            "draft": draft,
            "hindrances": hindrances(self.producer, facts, now),
            "is_public": queries.public(local_day(now)).filter(pk=self.producer.pk).exists(),
            "photos": self.producer.photos.all(),
            "consents": self.producer.consents.select_related("noted_by"),
            "links": self.producer.links.select_related("asked_by"),
            "happened": self.happened(),
            "calls": self.producer.reach == Reach.PHONE,
            "typed": request.POST,
        }
        return render(request, "cms/desk/producers/profile.html", context, status=status)

    def elsewhere(self) -> list[Coalition]:
        """The other coalitions that one coordinates: he can be listed there too, once he has confirmed."""
        if self.producer.state != Producer.State.CONFIRMED:
            return []
        listed = [coalition.pk for coalition in self.listed_by]
        others = Coalition.objects.filter(pk__in=coordinated_by(self.request.user)).exclude(pk__in=listed)
        return list(others.order_by("name"))

    def happened(self) -> list[Happened]:
        """The change log. Who acts for another coalition is told by its name, not by his own."""
        rows = Entry.objects.filter(subject_kind="producer", subject_key=str(self.producer.pk))
        rows = rows.select_related("by", "coalition").order_by("-at", "-pk")
        own = coordinated_by(self.request.user)
        return [Happened(row.at, row.get_verb_display(), _who(row, own)) for row in rows]


def _who(entry: Entry, own: set[int]) -> str:
    if entry.by is None:
        return _("the farmer") if entry.details.get("via") == Via.LINK else _("the platform")
    if entry.coalition is not None and entry.coalition_id not in own:
        return entry.coalition.name
    return entry.by.name


def hindrances(producer: Producer, facts: dict, now) -> list[str]:
    """Why a profile, or a part of it, is not shown or soon will not be, in sentences for a coordinator."""
    day, said = local_day(now), []
    if rules.lacks_food_agency(producer):
        said.append(_(
            "Not shown: who processes products or sells those of others is known to the food agency. Fill in which "
            "registration, authorisation or approval there is."
        ))  # fmt: skip
    if producer.municipality_id is None:
        said.append(_("The municipality is not known: give a postcode with its village, or a place on the map."))
    elif not queries.coalitions_of(producer, now):
        said.append(_("Not shown: the municipality is no member, and no coalition lists this producer as a guest."))
    if producer.state == Producer.State.CONFIRMED and rules.is_stale(producer, day):
        said.append(_("The last yes is more than a year old: ask again whether everything is still right."))
    undecided = [row["name"] for row in facts["products"] if row["allergen_state"] == AllergenState.UNDECIDED]
    if undecided:
        words = _("Not shown until their allergens are decided: %(products)s.")
        said.append(words % {"products": ", ".join(undecided)})
    said += [_label(label, day) for label in producer.labels.all() if _ends_soon(label, day)]
    if producer.enterprise_number and queries.same_number(producer.enterprise_number).exclude(pk=producer.pk).exists():
        said.append(_("Another profile on this platform has the same enterprise number."))
    return said


def _ends_soon(label, day) -> bool:
    return not rules.is_label_valid(label, day) or bool(
        label.expires_on and label.expires_on <= day + waiting.EXPIRES_SOON
    )


def _label(label, day) -> str:
    words = {"label": str(label), "day": date_medium(label.expires_on)}
    if rules.is_label_valid(label, day):
        return _("The certificate of “%(label)s” ends on %(day)s: ask for the new one.") % words
    if label.expires_on and label.expires_on < day:
        return _("“%(label)s” is not shown: its certificate ended on %(day)s.") % words
    return _("“%(label)s” is not shown: fill in the certificate and its last day.") % words


class PhotoDesk(OfOneProducer):
    """A photo as it is kept, also before the farmer said yes to it; for his coordinators alone."""

    def get(self, request: HttpRequest, photo: int) -> HttpResponse:
        found = Photo.objects.filter(pk=photo, producer=self.producer).first()
        raw = pictures.content(found.file, pictures.WIDTHS[0]) if found else None
        if raw is None:
            raise Http404
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        return HttpResponse(raw, content_type="image/jpeg", headers=headers)
