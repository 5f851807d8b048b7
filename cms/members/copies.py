"""A copy of what is held of somebody, as a file to take along."""

import json

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from coalition.base.tables import csv_table
from coalition.rights import queries
from coalition.rights.queries import Held

FORMS = ("json", "csv")


def must_be_known(form: str) -> None:
    """Raises Http404 for a form that there is not, before anything is written down."""
    if form not in FORMS:
        raise Http404


def answer(helds: list[Held], form: str) -> HttpResponse:
    """The file, `form` is "json" or "csv"; its name says nothing of anybody."""
    if form == "json":
        content = json.dumps(queries.plain(helds), ensure_ascii=False, indent=2)
        return _file(content, "application/json", "mijn-gegevens.json")
    head = (_("purpose"), _("number"), _("what"), _("field"), _("value"))
    return _file(csv_table(head, queries.rows(helds)), "text/csv; charset=utf-8", "mijn-gegevens.csv")


def _file(content: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
