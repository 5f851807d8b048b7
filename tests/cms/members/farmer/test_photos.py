"""Photos on the farmer's own page: they come along with what was typed, and only his own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalition.producers.models import Photo, Producer
from tests.cms.members.farmer.browser import form_of, typed
from tests.coalition.producers.test_pictures import picture
from tests.factories.producers import PhotoFactory

pytestmark = pytest.mark.django_db
State = Producer.State


def photo(content=None, name="winkel.jpg"):
    return SimpleUploadedFile(name, picture() if content is None else content, "image/jpeg")


def test_a_photo_is_added_and_what_was_typed_comes_back(client, own):
    sent = typed(client.get(own), name="De Linde", alt="De winkel") | {"photo": photo()}

    shown = client.post(f"{own}foto/", sent)

    assert shown.status_code == 200
    assert form_of(shown)["name"] == "De Linde"
    row = Photo.objects.get()
    own = client.get(f"{own}foto/{row.pk}.jpg")
    assert (own.status_code, own["Content-Type"], own["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert "no-store" in own["Cache-Control"]
    assert client.get(f"/foto/{row.file}-400.jpg").status_code == 404


def test_a_photo_that_is_chosen_when_he_confirms_comes_along(client, own):
    client.post(own, typed(client.get(own), alt="De winkel") | {"photo": photo()})

    row = Photo.objects.get()
    assert row.confirmed_at
    public = client.get(f"/foto/{row.file}-400.jpg")
    assert public.status_code == 200
    assert "immutable" in public["Cache-Control"]
    assert public["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/foto/{row.file}-401.jpg").status_code == 404


@pytest.mark.parametrize(
    ("content", "alt"),
    [(b"<svg onload=alert(1)>", "x"), (b"geen foto", "x"), (picture()[:-900], "x"), (None, "")],
    ids=["svg", "text", "truncated", "no-words"],
)
def test_what_is_wrong_with_a_photo_stands_beside_it(client, own, producer, content, alt):
    for where in (own, f"{own}foto/"):
        shown = client.post(where, typed(client.get(own), alt=alt) | {"photo": photo(content)})

        assert shown.status_code == 422
        assert b'aria-invalid="true"' in shown.content
    assert not Photo.objects.exists()
    producer.refresh_from_db()
    assert producer.state == State.ASKED


def test_a_file_that_is_too_big_is_not_read(client, own, monkeypatch):
    monkeypatch.setattr("coalition.producers.pictures.MOST_BYTES", 1000)
    shown = client.post(f"{own}foto/", typed(client.get(own), alt="x") | {"photo": photo(b"\xff" * 1001)})

    assert shown.status_code == 422
    assert "20 MB" in shown.content.decode()


def test_a_photo_is_taken_away_with_a_post_only(client, own, producer):
    row = PhotoFactory(producer=producer)

    assert client.get(f"{own}foto/{row.pk}/weg/").status_code == 405
    assert client.post(f"{own}foto/{row.pk}/weg/", typed(client.get(own))).status_code == 200
    assert not Photo.objects.exists()


def test_photos_of_others_are_out_of_reach(client, own):
    foreign = PhotoFactory(confirmed_at=None)

    assert client.get(f"{own}foto/{foreign.pk}.jpg").status_code == 404
    assert client.post(f"{own}foto/{foreign.pk}/weg/", typed(client.get(own))).status_code == 422
    assert Photo.objects.get() == foreign
