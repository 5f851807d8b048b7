"""What a coordinator does to a producer by one button; each is one action, done in the name of one coalition."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.desk.scoped import coordinated_by
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import actions, pictures
from coalition.producers.models import Photo, Producer

# A deed gets the visit, the producer and the coalition, and says what happened.
Deed = Callable[[HttpRequest, Producer, Coalition], str]


def _in_name_of(request: HttpRequest, coalition: Coalition) -> dict[str, Any]:
    return {"coalition": coalition, "by": request.user, "now": timezone.now()}


def ask(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    actions.ask_producer(producer=producer, **_in_name_of(request, coalition))
    return _("A letter with a link goes to %(producer)s.") % {"producer": producer.name}


def hide(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    actions.hide_producer(producer=producer, **_in_name_of(request, coalition))
    return _("%(producer)s is not shown any more.") % {"producer": producer.name}


def unlist(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    actions.unlist_producer(producer=producer, **_in_name_of(request, coalition))
    words = {"producer": producer.name, "coalition": coalition.name}
    return _("%(producer)s is off the list of %(coalition)s.") % words


def discard(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    actions.discard_change(producer=producer, **_in_name_of(request, coalition))
    return _("The change is thrown away; what %(producer)s confirmed stays.") % {"producer": producer.name}


def delete(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    name = producer.name
    actions.delete_draft(producer=producer, **_in_name_of(request, coalition))
    return _("The draft of %(producer)s is deleted.") % {"producer": name}


def list_elsewhere(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    """Into another coalition that one coordinates; as a guest with a reason where his municipality is no member."""
    to = _number(request, "to")
    other = Coalition.objects.filter(pk=to, pk__in=coordinated_by(request.user)).first()
    if other is None:
        raise Http404
    reason = request.POST.get("reason", "")
    actions.list_producer(
        producer=producer, coalition=other, as_guest=bool(reason.strip()), reason=reason, by=request.user,
        now=timezone.now(),
    )  # fmt: skip
    words = {"producer": producer.name, "coalition": other.name}
    return _("%(producer)s is on the list of %(coalition)s.") % words


def guest(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    """On one's own list whatever his municipality is, with the reason that everybody may read."""
    actions.list_producer(
        producer=producer, as_guest=True, reason=request.POST.get("reason", ""), **_in_name_of(request, coalition)
    )
    return _("%(producer)s is listed as a guest.") % {"producer": producer.name}


def add_photo(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    file = request.FILES.get("photo")
    if file is None:
        raise Refusal(_("Choose a photo first."), field="photo")
    if file.size > pictures.MOST_BYTES:
        raise Refusal(_("This picture is bigger than 20 MB. Send a smaller one."), field="photo")
    alt, credit = request.POST.get("alt", ""), request.POST.get("credit", "")
    facts = {"raw": file.read(), "alt": alt, "credit": credit}
    actions.add_photo(producer=producer, **facts, **_in_name_of(request, coalition))
    return _("The photo is kept; it is shown once %(producer)s says yes to it.") % {"producer": producer.name}


def remove_photo(request: HttpRequest, producer: Producer, coalition: Coalition) -> str:
    photo = Photo.objects.filter(pk=_number(request, "photo"), producer=producer).select_related("producer").first()
    if photo is None:
        raise Http404
    actions.remove_photo(photo=photo, **_in_name_of(request, coalition))
    return _("The photo is removed.")


def _number(request: HttpRequest, name: str) -> int:
    """A key that was sent; what is none names nothing."""
    key = request.POST.get(name, "")
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= 18 else 0


# By what the button sends; some of them can be done to several at once.
DEEDS: dict[str, Deed] = {
    "ask": ask,
    "hide": hide,
    "unlist": unlist,
    "discard": discard,
    "delete": delete,
    "list": list_elsewhere,
    "guest": guest,
    "add_photo": add_photo,
    "remove_photo": remove_photo,
}
TOGETHER: dict[str, Deed] = {name: DEEDS[name] for name in ("ask", "unlist", "hide")}
