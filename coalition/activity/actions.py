"""Remembering: every deed in the house ends in `record`."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from coalition.activity.models import Entry, Notice
from coalition.activity.verbs import Verb
from coalition.base import freshness

if TYPE_CHECKING:
    from coalition.membership.models import Coalition
    from coalition.people.models import Person


def record(
    verb: Verb,
    *,
    subject: models.Model | None = None,
    by: "Person | None" = None,
    about: "Coalition | None" = None,
    now: datetime,
    **details: Any,
) -> Entry:
    """Remember that `by` did `verb` to `subject`, and make cached pages of the coalition `about` stale on commit.

    `details` are plain values without personal data; an Entry is never changed afterwards.
    """
    entry = Entry.objects.create(
        at=now,
        verb=verb,
        by=by,
        coalition=about,
        subject_kind=subject._meta.model_name if subject is not None else "",
        subject_key=str(subject.pk) if subject is not None else "",
        subject_title=str(subject)[:255] if subject is not None else "",
        details=details,
    )
    freshness.stale(about.slug if about is not None else freshness.EVERYWHERE)
    return entry


@transaction.atomic
def keep_notice(
    *,
    key: str,
    coalition: "Coalition",
    kind: str,
    title: str,
    summary: str,
    url: str,
    language: str,
    visible: bool,
    first_published_at: datetime,
    significant: bool,
    now: datetime,
    translation_of: str = "",
) -> Notice:
    """Write down one public page, or what changed about it; `significant` makes it news again.

    `translation_of` is the key of the Dutch page that it translates.

    A page that was hidden and comes back is not news again.
    """
    notice, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "coalition": coalition,
            "kind": kind,
            "title": title[:255],
            "summary": summary,
            "url": url,
            "language": language,
            "translation_of": translation_of,
            "visible": visible,
            "first_published_at": first_published_at,
            "changed_at": now,
        },
    )
    if created:
        return notice
    values: dict[str, Any] = {"coalition": coalition, "title": title[:255], "summary": summary}
    values |= {"url": url, "language": language, "translation_of": translation_of, "visible": visible}
    if significant:
        values |= {"significant": models.F("significant") + 1, "changed_at": now}
    Notice.objects.filter(pk=notice.pk).update(**values)
    notice.refresh_from_db()
    return notice


@transaction.atomic
def hide_notice(*, key: str) -> None:
    """Note that a page is no longer public; it may come back."""
    Notice.objects.filter(key=key).update(visible=False)
