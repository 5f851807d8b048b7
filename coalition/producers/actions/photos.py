"""Photos of a producer: read by their content, made anew without metadata, shown from his yes on."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import permits, pictures, rules
from coalition.producers.actions.farmers import link_to_use
from coalition.producers.actions.profiles import lock, tell_coalitions
from coalition.producers.facts.cleaning import tidy
from coalition.producers.models import Photo, Producer

if TYPE_CHECKING:
    from coalition.people.models import Person


@transaction.atomic
def add_photo(
    *, producer: Producer, coalition: Coalition, raw: bytes, alt: str, by: "Person | None", now: datetime,
    credit: str = "",
) -> Photo:  # fmt: skip
    """Add a photo for the coordinator; it is shown once the farmer says yes to it.

    Refuses what is no picture, too big, or without a description of what one sees.
    """
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    photo = _add(producer, raw, alt, credit, now)
    record(Verb.PHOTO_ADDED, subject=producer, by=by, about=coalition, now=now)
    return photo


@transaction.atomic
def add_photo_by_link(*, token: str, raw: bytes, alt: str, now: datetime, credit: str = "") -> Photo:
    """The farmer adds a photo from his own page; it is shown once he confirms that page."""
    link = link_to_use(token=token, now=now)
    photo = _add(lock(link.producer), raw, alt, credit, now)
    record(Verb.PHOTO_ADDED, subject=link.producer, about=link.coalition, now=now)
    return photo


def _add(producer: Producer, raw: bytes, alt: str, credit: str, now: datetime) -> Photo:
    alt = tidy(alt)
    if not alt:
        raise Refusal(_("Say in a few words what one sees, for who cannot see it."), field="alt")
    if len(alt) > 200 or len(credit) > 120:
        raise Refusal(_("These words are too long."), field="alt")
    count = producer.photos.count()
    if count >= rules.MOST_PHOTOS:
        raise Refusal(_("There are %(most)d photos: remove one first.") % {"most": count}, field="photo")
    kept = pictures.keep(raw)
    return Photo.objects.create(
        producer=producer, file=kept.name, alt=alt, credit=tidy(credit), width=kept.width, height=kept.height,
        position=count, added_at=now,
    )  # fmt: skip


@transaction.atomic
def remove_photo(*, photo: Photo, coalition: Coalition, by: "Person | None", now: datetime) -> None:
    """Remove a photo for good."""
    permits.must_keep(by, photo.producer, coalition, now)
    _remove(photo)
    record(Verb.PHOTO_REMOVED, subject=photo.producer, by=by, about=coalition, now=now)


@transaction.atomic
def remove_photo_by_link(*, token: str, photo: int, now: datetime) -> None:
    """The farmer removes one of his own photos."""
    link = link_to_use(token=token, now=now)
    found = Photo.objects.filter(pk=photo, producer=link.producer).first()
    if found is None:
        raise Refusal(_("This photo is gone already."))
    _remove(found)
    record(Verb.PHOTO_REMOVED, subject=link.producer, about=link.coalition, now=now)


def _remove(photo: Photo) -> None:
    photo.delete()
    transaction.on_commit(lambda: pictures.forget(photo.file), robust=True)
    tell_coalitions(photo.producer)
