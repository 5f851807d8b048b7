"""The farmer at his browser: what a form as it stands would send."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import timezone

from coalition.activity.models import Entry
from coalition.digests.models import Subscription
from coalition.mail.models import Letter
from coalition.producers.models import Declaration, FarmerLink, FieldConsent, Photo


def form_of(page, selector: str = "form.farmer") -> QueryDict:
    """What a browser sends of a form in a page when nothing is typed and no button named."""
    data = QueryDict(mutable=True)
    for field in BeautifulSoup(page.content, "html.parser").select_one(selector).select("input, select, textarea"):
        name, kind = field.get("name"), field.get("type")
        if not name or kind == "file" or (kind in ("checkbox", "radio") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data.appendlist(name, chosen.get("value", ""))
        elif field.name == "textarea":
            data.appendlist(name, field.text.removeprefix("\n"))
        else:
            data.appendlist(name, field.get("value", "on" if kind in ("checkbox", "radio") else ""))
    return data


def typed(page, **words) -> dict:
    """The same with something typed over it; None leaves a field out."""
    data = dict(form_of(page).lists())
    data |= {name: word if isinstance(word, list) else [word] for name, word in words.items() if word is not None}
    return {name: values for name, values in data.items() if words.get(name, "") is not None}


def counted() -> list[int]:
    kinds = (Entry, Letter, FarmerLink, Photo, FieldConsent, Declaration, Subscription)
    return [kind.objects.count() for kind in kinds]


def later(own, **after) -> None:
    FarmerLink.objects.update(asked_at=timezone.now() - timedelta(**after))
