"""What the letters about a producer say in the moment they leave."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from coalition.base.dates import local_day
from coalition.mail.kinds import LetterKind, Prepared, Withhold, register
from coalition.mail.models import Letter, Stream
from coalition.membership.letters.paper import LANGUAGE, absolute, in_name_of
from coalition.producers import queries, rules, tokens
from coalition.producers.models import FarmerLink, Producer
from coalition.producers.words import Reach


@dataclass(frozen=True)
class Occasion:
    """What a letter tells a coordinator: subject and sentence."""

    subject: str
    sentence: str


OCCASIONS = {
    "confirmed": Occasion(
        gettext_noop("%(producer)s confirmed its profile"),
        gettext_noop("%(producer)s read its profile and confirmed it."),
    ),
    "wants_call": Occasion(
        gettext_noop("%(producer)s wants to be called"),
        gettext_noop("%(producer)s would rather be called than fill in a page. Note the yes on the telephone."),
    ),
    "hidden": Occasion(
        gettext_noop("%(producer)s does not want to be shown any more"),
        gettext_noop("%(producer)s took its profile off the site. It is not shown anywhere any more."),
    ),
}


def _prepare_ask(letter: Letter, now: datetime) -> Prepared:
    link = (
        FarmerLink.objects.select_related("producer", "coalition")
        .filter(pk=letter.facts["link"], used_at__isnull=True)
        .first()
    )
    if link is None:
        raise Withhold("the link was replaced or used")
    if link.producer.reach == Reach.PHONE and not letter.facts.get("by_himself"):
        raise Withhold("wants to be called")
    with override(LANGUAGE):
        return in_name_of(
            link.coalition,
            _("Is this right about %(producer)s?") % {"producer": link.producer.name},
            producer=link.producer.name,
            is_new=link.producer.confirmed_at is None,
            link=absolute(reverse("farmer_profile", args=[tokens.to_open(link.pk, link.nonce)])),
            minutes=int(rules.LINK_OPEN.total_seconds() // 60),
        )


def _producer(letter: Letter) -> Producer:
    producer = Producer.objects.filter(pk=letter.facts["producer"]).first()
    if producer is None:
        raise Withhold("the producer is gone")
    return producer


def _prepare_confirmed(letter: Letter, now: datetime) -> Prepared:
    producer = _producer(letter)
    if producer.state != Producer.State.CONFIRMED:
        raise Withhold("the profile is not public any more")
    is_public = queries.public(local_day(now)).filter(pk=producer.pk).exists()
    with override(LANGUAGE):
        subject = _("%(producer)s is on the site") if is_public else _("The page of %(producer)s is confirmed")
        return in_name_of(
            letter.coalition,
            subject % {"producer": producer.name},
            producer=producer.name,
            is_public=is_public,
            lacks_food_agency=rules.lacks_food_agency(producer),
            link=absolute(reverse("producer", args=[producer.slug])),
        )


def _prepare_notice(letter: Letter, now: datetime) -> Prepared:
    producer, occasion = _producer(letter), OCCASIONS[letter.facts["occasion"]]
    with override(LANGUAGE):
        words = {"producer": producer.name}
        return in_name_of(
            letter.coalition,
            _(occasion.subject) % words,
            producer=producer.name,
            sentence=_(occasion.sentence) % words,
            act=_("See the producer"),
            link=absolute(reverse("desk_producer", args=[producer.pk])),
        )


register(
    LetterKind(
        name="producers/ask",
        stream=Stream.SERVICE,
        prepare=_prepare_ask,
        title=gettext_lazy("Link to a farmer's own profile"),
    )
)
register(
    LetterKind(
        name="producers/confirmed",
        stream=Stream.SERVICE,
        prepare=_prepare_confirmed,
        title=gettext_lazy("Receipt of a confirmed profile"),
    )
)
register(
    LetterKind(
        name="producers/notice",
        stream=Stream.SERVICE,
        prepare=_prepare_notice,
        title=gettext_lazy("News of a producer for coordinators"),
    )
)
