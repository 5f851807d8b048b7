"""All that a coalition looks after as a table for its coordinator, with drafts and telephone numbers; no guests."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.desk.producers.scope import OfACoalition
from coalition.base.dates import local_day
from coalition.base.tables import csv_table, xlsx_table
from coalition.membership.models import Coalition
from coalition.producers.models import Producer, Product
from coalition.producers.queries import kept, of_coalition
from coalition.producers.words import Contact

COLUMNS: dict[str, Promise] = {
    "name": _("name"), "state": _("state"), "street": _("street and number"), "postcode": _("postcode"),
    "place": _("village or town"), "municipality__name_nl": _("municipality"), "latitude": _("latitude"),
    "longitude": _("longitude"), "contact_name": _("name of the contact"), "phone": _("telephone number"),
    "email": _("e-mail address"), "website": _("website"), "enterprise_number": _("enterprise number"),
    "favv_number": _("number at the food agency"), "opening_hours": _("opening hours"),
    "hours_note": _("remark about the hours"), "confirmed_at": _("confirmed at"), "shown": _("shown to everybody"),
    "source": _("source"), "source_key": _("number in the list it comes from"),
}  # fmt: skip
STATES, CONTACTS = dict(Producer.State.choices), dict(Contact.choices)
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TableDesk(OfACoalition):
    """Whoever coordinates no coalition, or names another's, finds nothing."""

    model = Producer

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        if form not in KINDS:
            raise Http404
        head = [*COLUMNS.values(), _("products")]
        rows = _rows(self.coalition)
        content = csv_table(head, rows, comma=True) if form == "csv" else xlsx_table(head, rows)
        name = f"producenten-{self.coalition.slug}-alles.{form}"
        return HttpResponse(
            content,
            content_type=KINDS[form],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )


def _rows(coalition: Coalition) -> Iterator[list[Any]]:
    """Two queries, whatever the number of producers."""
    own = kept([coalition], local_day(timezone.now()))
    producers = of_coalition(coalition).filter(pk__in=own.values("pk")).order_by("name", "pk")
    made: dict[int, list[str]] = {}
    products = Product.objects.filter(producer__listings__coalition=coalition).order_by("producer", "position", "pk")
    for key, name in products.values_list("producer", "name"):
        made.setdefault(key, []).append(name)
    for key, *values in producers.values_list("pk", *COLUMNS):
        row = dict(zip(COLUMNS, values, strict=True))
        row["state"] = STATES[row["state"]]
        row["shown"] = ", ".join(str(CONTACTS[field]) for field in row["shown"] if field in CONTACTS)
        yield [*row.values(), ", ".join(made.get(key, []))]
