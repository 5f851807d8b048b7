"""Photos of producers: everybody sees those of public profiles from the farmer's yes on, and no others."""

import pytest
from django.template import Context, Template

from coalition.producers import pictures
from coalition.producers.models import Producer
from tests.coalition.producers.test_pictures import picture
from tests.factories import CoalitionFactory
from tests.factories.producers import NOON, PhotoFactory, ProducerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo():
    kept = pictures.keep(picture((900, 600)))
    producer = ProducerFactory(coalition=CoalitionFactory())
    return PhotoFactory(producer=producer, file=kept.name, width=kept.width, height=kept.height)


def address(photo, width=400) -> str:
    return f"/foto/{photo.file}-{width}.jpg"


def test_a_photo_is_kept_by_browsers_and_read_as_nothing_else(client, photo):
    for width in pictures.WIDTHS:
        answer = client.get(address(photo, width))

        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert answer["Cache-Control"] == "public, max-age=2592000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
    assert client.head(address(photo)).status_code == 200
    assert client.post(address(photo)).status_code == 405


@pytest.mark.parametrize("width", [0, 1, 401, 99999999999])
def test_there_are_three_sizes_and_no_others(client, photo, width):
    assert client.get(address(photo, width)).status_code == 404


def test_a_photo_without_a_yes_and_one_of_a_hidden_profile_are_not_there(client, photo):
    photo.confirmed_at = None
    photo.save()
    assert client.get(address(photo)).status_code == 404

    photo.confirmed_at = NOON
    photo.save()
    Producer.objects.update(state=Producer.State.HIDDEN)
    assert client.get(address(photo)).status_code == 404


def test_a_photo_whose_file_is_gone_is_not_there(client, photo):
    pictures.forget(photo.file)

    assert client.get(address(photo)).status_code == 404


@pytest.mark.parametrize("name", ["..", "%2e%2e%2f", "a/b", "%00", "x" * 500])
def test_a_name_is_no_path(client, name):
    assert client.get(f"/foto/{name}-400.jpg").status_code == 404


def test_pages_name_a_photo_by_the_size_they_need(photo):
    words = "{% load producers %}{% photo_url photo 500 %}|{% photo_url photo 9999 %}|{% photo_sizes photo %}"

    said = Template(words).render(Context({"photo": photo}))

    assert said == (
        f"{address(photo, 800)}|{address(photo, 1600)}|{address(photo, 400)} 400w, {address(photo, 800)} 800w"
    )
