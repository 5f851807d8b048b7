"""Photos in a profile: shown from the farmer's yes on, and only his own may be taken away."""

import pytest

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.producers import actions, pictures, queries, rules
from coalition.producers.models import Photo
from tests.coalition.producers.conftest import FACTS
from tests.coalition.producers.test_pictures import picture
from tests.factories.producers import PhotoFactory

pytestmark = pytest.mark.django_db


def test_his_photo_is_shown_once_he_confirms(token, draft, now):
    photo = actions.add_photo_by_link(token=token, raw=picture(), alt=" De  winkel ", now=now)
    assert (photo.producer, photo.alt, photo.confirmed_at) == (draft, "De winkel", None)
    assert not queries.is_photo_public(photo.file, local_day(now))

    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)

    assert queries.is_photo_public(photo.file, local_day(now))
    assert Entry.objects.filter(verb=Verb.PHOTO_ADDED).count() == 1


def test_a_photo_of_a_hidden_profile_is_not_shown(token, draft, coalition, coordinator, now):
    photo = actions.add_photo_by_link(token=token, raw=picture(), alt="De winkel", now=now)
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)

    actions.hide_producer(producer=draft, coalition=coalition, by=coordinator, now=now)

    assert not queries.is_photo_public(photo.file, local_day(now))


def test_a_photo_needs_words_for_who_cannot_see_it(token, now):
    with pytest.raises(Refusal, match="what one sees") as refused:
        actions.add_photo_by_link(token=token, raw=picture(), alt=" ", now=now)

    assert refused.value.field == "alt"
    assert not Photo.objects.exists()


def test_there_is_an_end_to_photos(token, draft, now):
    PhotoFactory.create_batch(rules.MOST_PHOTOS, producer=draft)

    with pytest.raises(Refusal, match="remove one first"):
        actions.add_photo_by_link(token=token, raw=picture(), alt="Nog een", now=now)


def test_he_takes_away_his_own_photo_and_no_other(token, draft, now, django_capture_on_commit_callbacks):
    own = actions.add_photo_by_link(token=token, raw=picture(), alt="De winkel", now=now)
    foreign = PhotoFactory()

    with pytest.raises(Refusal, match="gone already"):
        actions.remove_photo_by_link(token=token, photo=foreign.pk, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo_by_link(token=token, photo=own.pk, now=now)

    assert list(Photo.objects.all()) == [foreign]
    assert pictures.content(own.file, 400) is None


def test_a_coordinator_adds_and_removes(draft, coalition, coordinator, now):
    who = {"coalition": coalition, "by": coordinator, "now": now}
    photo = actions.add_photo(producer=draft, raw=picture(), alt="De winkel", credit="Els", **who)

    actions.remove_photo(photo=photo, **who)

    assert [entry.verb for entry in Entry.objects.filter(verb__contains="photo").order_by("pk")] == [
        Verb.PHOTO_ADDED, Verb.PHOTO_REMOVED,
    ]  # fmt: skip


def test_a_photo_is_not_added_after_the_link_was_used(token, now):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)

    with pytest.raises(Refusal, match="no longer works"):
        actions.add_photo_by_link(token=token, raw=picture(), alt="De winkel", now=now)
