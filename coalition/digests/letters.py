"""The letters of the digest room: confirm your request, you already get it, and the digest itself."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from coalition.activity.models import Notice
from coalition.activity.queries import translations_of
from coalition.base.dates import local_day, written_out
from coalition.digests import queries, tokens
from coalition.digests.models import Subscription
from coalition.digests.rules import MOST_ITEMS
from coalition.mail.kinds import LetterKind, Prepared, Withhold, register
from coalition.mail.models import Letter, Stream
from coalition.membership.languages import FRENCH
from coalition.membership.models import Coalition
from coalition.membership.voices import with_facilities

LANGUAGE = "nl"


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


@override(LANGUAGE)
def _common(coalition: Coalition, subscription: Subscription, now: datetime) -> dict:
    """What every letter of the room needs; French stands beside Dutch where a municipality with facilities takes part.

    Who reads it makes no difference: nothing is kept of anybody's language (finding F1).
    """
    return {
        "with_french": with_facilities(coalition, local_day(now)),
        "coalition": coalition.name,
        "contact": coalition.contact_email,
        "coalition_url": _absolute(f"/{coalition.slug}/"),
        "stop_url": _absolute(reverse("digest_stop", args=[tokens.to_stop(subscription.pk)])),
    }


def _subscription(letter: Letter, state: Subscription.State) -> Subscription:
    """The subscription a letter is about; withholds it when the request was replaced or has another state."""
    subscription = (
        Subscription.objects.select_related("coalition")
        .filter(pk=letter.facts["subscription"], round=letter.facts["round"], state=state)
        .first()
    )
    if subscription is None:
        raise Withhold("request replaced, confirmed or ended")
    return subscription


def _prepare_confirm(letter: Letter, now: datetime) -> Prepared:
    subscription = _subscription(letter, Subscription.State.ASKED)
    coalition = subscription.coalition
    token = tokens.to_confirm(subscription.pk, subscription.round)
    with override(LANGUAGE):
        return Prepared(
            subject=_("Do you want the digest of %(coalition)s?") % {"coalition": coalition.name},
            context=_common(coalition, subscription, now)
            | {"confirm_url": _absolute(reverse("digest_confirm", args=[token])), "consent": subscription.consent_text},
            sender=coalition.name,
            reply_to=coalition.contact_email,
            language=LANGUAGE,
        )


def _prepare_already(letter: Letter, now: datetime) -> Prepared:
    subscription = _subscription(letter, Subscription.State.CONFIRMED)
    coalition = subscription.coalition
    with override(LANGUAGE):
        return Prepared(
            subject=_("You already get the digest of %(coalition)s") % {"coalition": coalition.name},
            context=_common(coalition, subscription, now),
            sender=coalition.name,
            reply_to=coalition.contact_email,
            language=LANGUAGE,
        )


def _prepare_edition(letter: Letter, now: datetime) -> Prepared:
    """The digest as it stands at this moment: a page that was withdrawn meanwhile is left out."""
    issue = queries.issue_of(letter)
    subscription, coalition = issue.subscription, issue.edition.coalition
    if subscription.state != Subscription.State.CONFIRMED:
        raise Withhold("unsubscribed")
    news = queries.still_to_tell(issue)
    if not news:
        raise Withhold("nothing left to tell")
    context = _common(coalition, subscription, now)
    versions = translations_of(news)
    with override(LANGUAGE):
        return Prepared(
            subject=_subject(coalition, news[0].title, len(news)),
            context=context
            | {
                "items": [_item(notice, versions.get(notice.key, [])) for notice in news[:MOST_ITEMS]],
                "more": max(0, len(news) - MOST_ITEMS),
                "news_url": _absolute(f"/{coalition.slug}/nieuws/"),
                "since": written_out(local_day(subscription.confirmed_at), LANGUAGE),
                "since_in_french": written_out(local_day(subscription.confirmed_at), FRENCH),
            },
            headers={
                "List-Id": f"<digest.{coalition.slug}.{settings.MAIL_DOMAIN}>",
                "List-Unsubscribe": f"<{context['stop_url']}>, <mailto:{coalition.contact_email}?subject=unsubscribe>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Precedence": "bulk",
            },
            sender=coalition.name,
            reply_to=coalition.contact_email,
            language=LANGUAGE,
        )


def _item(notice: Notice, versions: list[Notice]) -> dict:
    """A page, and beside it the same page in other languages."""
    return {
        "versions": [{"language": v.language, "title": v.title, "url": _absolute(v.url)} for v in versions],
        "title": notice.title,
        "summary": notice.summary,
        "url": _absolute(notice.url),
        "day": written_out(local_day(notice.changed_at), LANGUAGE),
    }


def _subject(coalition: Coalition, first: str, count: int) -> str:
    if count == 1:
        return _("%(coalition)s: %(title)s") % {"coalition": coalition.name, "title": first}
    return _("%(coalition)s: %(title)s and %(more)s more") % {
        "coalition": coalition.name,
        "title": first,
        "more": count - 1,
    }


register(
    LetterKind(
        name="digests/confirm",
        stream=Stream.SERVICE,
        prepare=_prepare_confirm,
        title=gettext_lazy("Question whether you want the digest"),
    )
)
register(
    LetterKind(
        name="digests/already",
        stream=Stream.SERVICE,
        prepare=_prepare_already,
        title=gettext_lazy("Note that you already get the digest"),
    )
)
# At most once: nobody minds a digest that stayed away, everybody minds two.
register(
    LetterKind(
        name="digests/edition",
        stream=Stream.DIGEST,
        prepare=_prepare_edition,
        retry_when_unknown=False,
        title=gettext_lazy("Digest"),
    )
)
