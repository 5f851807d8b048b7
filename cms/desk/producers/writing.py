"""Writing about a producer: drafting after a phone call, changing, and noting the yes he gave on the telephone."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from cms.base.producer_form import DeclarationsForm, ProducerForm
from cms.desk.producers.scope import OfOneProducer, chosen, own_coalitions
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.producers import actions
from coalition.producers.facts import EMPTY, FactsRefusal, read_facts
from coalition.producers.models import Producer, ProducerDraft
from coalition.producers.queries import declared, principles_of

TEMPLATE = "cms/desk/producers/write.html"


def save(form: ProducerForm, deed: Callable[[dict[str, Any]], Producer], *others) -> Producer | None:
    """Carry out `deed` with what was typed; None when more rows were asked for, or something is wrong (told beside
    its field).

    `others` are forms on the same page that must be right as well.
    """
    if form.wants_more or not all([form.is_valid(), *(other.is_valid() for other in others)]):
        return None
    try:
        return deed(form.facts())
    except FactsRefusal as refusal:
        form.refuse(refusal.problems)
    except Refusal as refusal:
        form.refuse({refusal.field or "": str(refusal)})
    return None


def known_facts(producer: Producer) -> dict[str, Any]:
    """What was written of a producer last: the change that waits, else what stands."""
    draft = getattr(producer, "draft", None)
    return EMPTY | draft.facts if draft is not None else read_facts(producer)


class DraftDesk(View):
    """A new producer, as he told of himself; nobody sees him before he says yes."""

    model = Producer

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, ProducerForm(facts=EMPTY))

    def post(self, request: HttpRequest) -> HttpResponse:
        coalition, form = chosen(request, own_coalitions(request.user)), ProducerForm(request.POST, facts=EMPTY)
        producer = save(form, lambda facts: actions.draft_producer(
            coalition=coalition, facts=facts, by=request.user, now=timezone.now()
        ))  # fmt: skip
        if producer is None:
            return self.show(request, form)
        messages.success(request, _("%(producer)s is drafted. Now ask for a yes.") % {"producer": producer.name})
        return redirect("desk_producer", producer.pk)

    def show(self, request: HttpRequest, form: ProducerForm) -> HttpResponse:
        coalitions = own_coalitions(request.user)
        context = {
            "form": form,
            "coalitions": coalitions,
            "coalition": chosen(request, coalitions),
            "title": _("Draft a producer"),
            "back": reverse("producer:index"),
        }
        return render(request, TEMPLATE, context, status=_status(form))


def _status(form: ProducerForm) -> int:
    return 422 if form.is_bound and not form.wants_more else 200


class ChangeDesk(OfOneProducer):
    """What stands of a producer, to be changed; what he confirmed himself waits for his yes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, ProducerForm(facts=known_facts(self.producer)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProducerForm(request.POST, facts=known_facts(self.producer))
        producer = save(form, lambda facts: actions.change_producer(
            producer=self.producer, coalition=self.coalition, facts=facts, by=request.user, now=timezone.now()
        ))  # fmt: skip
        if producer is None:
            return self.show(request, form)
        waits = ProducerDraft.objects.filter(producer=producer).exists()
        words = _("The change waits for the yes of %(producer)s.") if waits else _("%(producer)s is saved.")
        messages.success(request, words % {"producer": producer.name})
        return redirect("desk_producer", producer.pk)

    @property
    def waits(self) -> bool:
        """Whether a change waits for a yes instead of being written."""
        return self.producer.state in (Producer.State.CONFIRMED, Producer.State.HIDDEN)

    def show(self, request: HttpRequest, form: ProducerForm) -> HttpResponse:
        context = {
            "form": form,
            "producer": self.producer,
            "coalitions": self.listed_by,
            "coalition": self.coalition,
            "waits": self.waits,
            "title": _("Change %(producer)s") % {"producer": self.producer.name},
            "back": reverse("desk_producer", args=[self.producer.pk]),
        }
        return render(request, TEMPLATE, context, status=_status(form))


class PhoneDesk(OfOneProducer):
    """The yes of somebody on the telephone: read to him, corrected with him, and what he lets be shown."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ProducerForm(facts=known_facts(self.producer), consents=True)
        return self.show(request, form, self.declarations())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProducerForm(request.POST, facts=known_facts(self.producer), consents=True)
        answers = self.declarations(request.POST)
        producer = save(form, lambda facts: actions.confirm_by_phone(
            producer=self.producer, coalition=self.coalition, facts=facts, declarations=answers.declarations(),
            by=request.user, now=timezone.now(),
        ), answers)  # fmt: skip
        if producer is None:
            return self.show(request, form, answers)
        words = _("The yes of %(producer)s is noted; the profile is confirmed.")
        messages.success(request, words % {"producer": producer.name})
        return redirect("desk_producer", producer.pk)

    @cached_property
    def principles(self):
        return principles_of(self.coalition, local_day(timezone.now()))

    def declarations(self, data=None) -> DeclarationsForm:
        known = declared(self.producer, self.principles) if self.principles else {}
        return DeclarationsForm(data, principles=self.principles, known=known)

    def show(self, request: HttpRequest, form: ProducerForm, answers: DeclarationsForm) -> HttpResponse:
        context = {
            "form": form,
            "answers": answers,
            "producer": self.producer,
            "coalitions": self.listed_by,
            "coalition": self.coalition,
            "title": _("Note the yes of %(producer)s") % {"producer": self.producer.name},
            "back": reverse("desk_producer", args=[self.producer.pk]),
        }
        return render(request, TEMPLATE, context, status=_status(form))
