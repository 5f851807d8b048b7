"""Posting letters to farmers and about them; what they say is written when they leave."""

from datetime import datetime, timedelta

from coalition.base.dates import local_day
from coalition.mail import actions as mail
from coalition.membership.models import Coalition
from coalition.membership.queries import coordinators_of
from coalition.producers import rules
from coalition.producers.models import FarmerLink, Producer

# After that nobody needs to hear of it by letter any more.
WORTH = timedelta(days=14)


def ask(link: FarmerLink, now: datetime, *, by_himself: bool = False) -> None:
    """The letter with the link to a farmer's own profile; who asks for it himself gets it whatever he wished before."""
    mail.post(
        kind="producers/ask",
        key=f"producers/ask:{link.pk}",
        to=link.producer.email,
        facts={"link": str(link.pk), "by_himself": by_himself},
        coalition=link.coalition,
        expires_at=now + rules.LETTER_OPEN,
        now=now,
    )


def thank(producer: Producer, coalition: Coalition | None, now: datetime) -> None:
    """What the farmer confirmed, with the address where everybody reads it; nothing where he has no address."""
    if not producer.email:
        return
    mail.post(
        kind="producers/confirmed",
        key=f"producers/confirmed:{producer.pk}:{now.isoformat()}",
        to=producer.email,
        facts={"producer": producer.pk},
        coalition=coalition,
        expires_at=now + WORTH,
        now=now,
    )


def tell_coordinators(occasion: str, producer: Producer, coalition: Coalition | None, now: datetime) -> None:
    """One letter for each coordinator of the coalition that asked."""
    if coalition is None:
        return
    for person in coordinators_of(coalition, local_day(now)):
        mail.post(
            kind="producers/notice",
            key=f"producers/{occasion}:{producer.pk}:{person.pk}:{now.isoformat()}",
            to=person.email,
            facts={"occasion": occasion, "producer": producer.pk},
            coalition=coalition,
            expires_at=now + WORTH,
            now=now,
        )
