"""The desk of lists: send one in, say what its columns are, look at every row, say yes, and undo it as a whole."""

from collections.abc import Callable

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages

from cms.desk.producers.scope import OfACoalition
from cms.desk.scoped import in_scope
from coalition.base.errors import Refusal
from coalition.intake.files import MAX_BYTES
from coalition.intake.models import Batch, BatchRow
from coalition.intake.queries import progress, read_before
from coalition.people.models import Person
from coalition.producers import actions
from coalition.producers.actions.imports import KIND
from coalition.producers.importing import FIELDS

ON_ONE_PAGE = 50
SHOWN = 30
# Seconds after which a page that waits for a worker looks again, without any script.
LOOK_AGAIN = 3
# By which sign somebody is known.
WHY = {
    "key": gettext_lazy("the same number in the same list"),
    "number": gettext_lazy("the same enterprise number"),
    "name": gettext_lazy("the same name and place"),
    "door": gettext_lazy("nearly the same name at the same door"),
}
ONLY = {"problems": ~Q(problems=[]), "known": ~Q(twin_reason="")}


def own_batches(person: Person) -> QuerySet[Batch]:
    """The lists that were sent in for the coalitions somebody coordinates, the latest first."""
    batches = Batch.objects.filter(kind=KIND).select_related("coalition", "by").order_by("-at", "-pk")
    return in_scope(batches, person)


class FileForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("XLSX, ODS, CSV or GeoJSON, at most 20 MB. Nothing is written before you say yes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv,.json,.geojson"}),
    )


class ImportsDesk(OfACoalition):
    """The lists that came in, and the way to send one."""

    model = Batch

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form, status=422)
        file = form.cleaned_data["file"]
        try:
            batch = actions.start_import(
                coalition=self.coalition, file_name=file.name, raw=file.read(MAX_BYTES + 1), by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.show(request, form, status=422)
        return redirect("desk_import", batch.pk)

    def show(self, request: HttpRequest, form: FileForm, status: int = 200) -> HttpResponse:
        batches = own_batches(request.user).filter(coalition=self.coalition)[:SHOWN]
        context = {"form": form, "batches": batches, "coalition": self.coalition, "coalitions": self.coalitions}
        return render(request, "cms/desk/producers/lists.html", context, status=status)


class ImportDesk(View):
    """One list, from looking to undoing; a list of another coalition does not exist."""

    model = Batch
    batch: Batch

    def dispatch(self, request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        self.batch = get_object_or_404(own_batches(request.user), pk=pk)
        return super().dispatch(request, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        try:
            there = deed(request, self.batch)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            self.batch.refresh_from_db()
            return self.show(request, status=422)
        return redirect(there) if there else redirect("desk_import", self.batch.pk)

    def show(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        done, total = progress(self.batch)
        context = {
            "batch": self.batch, "done": done, "total": total, "states": Batch.State, "page": self.page,
            "only": self.only, "columns": self.columns(), "fields": FIELDS, "before": read_before(self.batch),
            "choices": BatchRow.Choice, "named": "name" in self.batch.mapping.values(),
        }  # fmt: skip
        response = render(request, "cms/desk/producers/list.html", context, status=status)
        if self.batch.state == Batch.State.RUNNING:
            response["Refresh"] = str(LOOK_AGAIN)
        return response

    @cached_property
    def only(self) -> str:
        return self.request.GET.get("only", "") if self.request.GET.get("only") in ONLY else ""

    @cached_property
    def page(self):
        rows = BatchRow.objects.filter(ONLY.get(self.only, Q()), batch=self.batch).order_by("position")
        page = Paginator(rows, ON_ONE_PAGE).get_page(self.request.GET.get("p"))
        for row in page:
            row.told = [(FIELDS.get(field.partition(".")[0], ""), words) for field, words in row.problems]
            row.why = WHY.get(row.twin_reason, "")
        return page

    def columns(self) -> list[tuple[int, str, str]]:
        """Number, name and field of every column."""
        return [(number, name, self.batch.mapping.get(name, "")) for number, name in enumerate(self.batch.head)]


# --- deeds; each gives the name of where to go, or nothing to stay


def _columns(request: HttpRequest, batch: Batch) -> str:
    mapping = {name: request.POST.get(f"column-{number}", "") for number, name in enumerate(batch.head)}
    source = request.POST.get("source", batch.source)
    actions.map_columns(batch=batch, mapping=mapping, source=source, by=request.user, now=timezone.now())
    messages.success(request, _("The rows were read again."))
    return ""


def _rows(request: HttpRequest, batch: Batch) -> str:
    said = {key.removeprefix("row-"): value for key, value in request.POST.items() if key.startswith("row-")}
    choices = {int(key): value for key, value in said.items() if key.isascii() and key.isdecimal() and len(key) < 8}
    actions.choose_rows(batch=batch, choices=choices, by=request.user, now=timezone.now())
    messages.success(request, _("Your choice for these rows is kept."))
    return ""


def _known(request: HttpRequest, batch: Batch) -> str:
    choice = request.POST.get("choice", "")
    count = actions.choose_known(batch=batch, choice=choice, by=request.user, now=timezone.now())
    messages.success(request, ngettext("%(count)d row changed.", "%(count)d rows changed.", count) % {"count": count})
    return ""


def _confirm(request: HttpRequest, batch: Batch) -> str:
    """A small list is written while its sender waits; a big one by whoever hears the bell."""
    batch = actions.confirm_import(batch=batch, by=request.user, now=timezone.now())
    if actions.is_small(batch):
        actions.run_import(batch=batch)
    return ""


def _discard(request: HttpRequest, batch: Batch) -> str:
    actions.discard_import(batch=batch, by=request.user, now=timezone.now())
    messages.success(request, _("The list is thrown away; nothing was written."))
    return "desk_imports"


def _undo(request: HttpRequest, batch: Batch) -> str:
    counts = actions.undo_import(batch=batch, by=request.user, now=timezone.now())
    messages.success(request, _("Undone: %(deleted)d deleted, %(restored)d restored, %(kept)d kept.") % counts)
    return ""


DEEDS: dict[str, Callable[[HttpRequest, Batch], str]] = {
    "columns": _columns,
    "rows": _rows,
    "known": _known,
    "confirm": _confirm,
    "discard": _discard,
    "undo": _undo,
}
