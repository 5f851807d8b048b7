import pytest
from django.core.cache import cache

from coalition.base import freshness

VERSION = "version:pajotse-velden"


@pytest.fixture(autouse=True)
def nothing_proposed():
    freshness._proposed.clear()
    yield
    freshness._proposed.clear()


def test_an_established_version_is_read_again():
    first = freshness.read("pajotse-velden")

    assert first.establish()
    assert freshness.read("pajotse-velden").word == first.word


def test_what_is_only_asked_for_leaves_nothing_in_the_cache():
    freshness.read("bestaat-niet")

    assert cache.get("version:bestaat-niet") is None


def test_two_who_read_at_once_agree_on_the_version():
    outer, inner = freshness.read("pajotse-velden"), freshness.read("pajotse-velden")

    assert inner.establish()
    assert outer.establish()


def test_a_version_that_was_renewed_meanwhile_is_not_established():
    reading = freshness.read("pajotse-velden")
    cache.set(VERSION, "renewed by somebody else")

    assert not reading.establish()


def test_an_old_version_does_not_come_back_when_the_cache_forgets_the_new_one():
    old = freshness.read("pajotse-velden")
    old.establish()
    cache.set(VERSION, "renewed by another process")

    cache.delete(VERSION)

    assert freshness.read("pajotse-velden").word != old.word
