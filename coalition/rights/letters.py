"""The letters about somebody's data: the link that shows them, where to sign in instead, and that they are gone."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from coalition.mail.kinds import LetterKind, Prepared, Withhold, register
from coalition.mail.models import Letter, Stream
from coalition.rights import rules, tokens
from coalition.rights.models import Pass

LANGUAGE = "nl"


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _prepare_link(letter: Letter, now: datetime) -> Prepared:
    found = Pass.objects.filter(pk=letter.facts["pass"]).first()
    if found is None or not rules.link_holds(found.asked_at, now):
        raise Withhold("link used or too old")
    with override(LANGUAGE):
        return Prepared(
            subject=_("Your data at %(site)s") % {"site": settings.WAGTAIL_SITE_NAME},
            context={
                "link": _absolute(reverse("rights_by_link", args=[tokens.to_open(found.pk)])),
                "minutes": rules.LINK_MINUTES,
            },
            sender=settings.WAGTAIL_SITE_NAME,
            language=LANGUAGE,
        )


def _prepare_sign_in(letter: Letter, now: datetime) -> Prepared:
    with override(LANGUAGE):
        return Prepared(
            subject=_("Your data at %(site)s") % {"site": settings.WAGTAIL_SITE_NAME},
            context={"link": _absolute(reverse("rights_own"))},
            sender=settings.WAGTAIL_SITE_NAME,
            language=LANGUAGE,
        )


def erased(now: datetime, stays: list[str]) -> Prepared:
    """The last letter somebody gets: what was erased, and what stays."""
    with override(LANGUAGE):
        return Prepared(
            subject=_("Your data were erased"),
            context={"at": now, "stays": [str(sentence) for sentence in stays]},
            sender=settings.WAGTAIL_SITE_NAME,
            language=LANGUAGE,
        )


def _never_later(letter: Letter, now: datetime) -> Prepared:
    raise Withhold("the address is forgotten")


register(
    LetterKind(
        name="rights/link",
        stream=Stream.SERVICE,
        prepare=_prepare_link,
        title=gettext_lazy("Link to what is held of you"),
    )
)
register(
    LetterKind(
        name="rights/sign_in",
        stream=Stream.SERVICE,
        prepare=_prepare_sign_in,
        title=gettext_lazy("Note where you see what is held of you"),
    )
)
register(
    LetterKind(
        name="rights/erased",
        stream=Stream.SIGN_IN,
        prepare=_never_later,
        retry_when_unknown=False,
        title=gettext_lazy("Confirmation that your data were erased"),
    )
)
