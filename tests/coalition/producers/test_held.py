"""A farmer's data: shown, taken along and erased with all that hangs on it."""

from itertools import count

import pytest

from coalition.base import freshness
from coalition.people import holdings
from coalition.press import actions as press
from coalition.press.models import Sheet
from coalition.producers import actions, held, pictures, queries
from coalition.producers.models import FarmerLink, FieldConsent, Photo, Producer
from coalition.rights import queries as rights
from tests.coalition.producers.conftest import FACTS
from tests.coalition.producers.test_pictures import picture

pytestmark = pytest.mark.django_db
ADDRESS = "Linde@Example.org"


def somebody(address=ADDRESS):
    return rights.subject([address])


def holding():
    return next(one for one in holdings.from_the_ground_up() if one.name == "producers.profiles")


def test_all_that_is_held_is_shown_to_whoever_holds_the_address(token, now):
    actions.confirm_profile(token=token, facts=FACTS | {"shown": ["phone"]}, declarations={}, now=now)

    (item,) = holding().show(somebody())
    told = " ".join(str(value) for value in item.facts.values())
    for word in ("Jan Linde", "02 000 00 09", "linde@example.org", "Dorp 1", "0403019261", "Hoevemelk"):
        assert word in told
    assert "Show my telephone number" in told
    assert holding().show(somebody("ander@example.org")) == []


def test_an_address_in_a_change_that_waits_counts_too(token, draft, coalition, coordinator, now):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)
    facts = FACTS | {"email": "nieuw@example.org"}
    actions.change_producer(producer=draft, coalition=coalition, facts=facts, by=coordinator, now=now)

    assert len(holding().show(somebody("nieuw@example.org"))) == 1


def test_erasing_a_draft_leaves_nothing(link, now):
    holding().erase(somebody(), now)

    assert not Producer.objects.exists()
    assert not FarmerLink.objects.exists()


def test_erasing_a_confirmed_profile_leaves_a_hidden_farm_without_a_farmer(token, draft, coalition, now):
    photo = actions.add_photo_by_link(token=token, raw=picture(), alt="De winkel", now=now)
    actions.confirm_profile(token=token, facts=FACTS | {"shown": ["phone"]}, declarations={}, now=now)

    for _twice in range(2):
        holding().erase(somebody(), now)

    draft.refresh_from_db()
    assert draft.state == Producer.State.HIDDEN
    assert [getattr(draft, name) for name in held.NAMELESS if name != "shown"] == [""] * 6
    assert draft.shown == []
    assert not FieldConsent.objects.exists()
    assert not FarmerLink.objects.exists()
    assert not Photo.objects.exists()
    assert pictures.content(photo.file, 400) is None
    assert not queries.public(now.date()).exists()
    assert holding().show(somebody()) == []


def test_no_page_that_shows_him_is_served_after_erasing(token, now, coalition, django_capture_on_commit_callbacks):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)
    numbers = count()
    assert freshness.remembered("page", lambda: next(numbers), coalition.slug) == 0

    with django_capture_on_commit_callbacks(execute=True):
        holding().erase(somebody(), now)

    assert freshness.remembered("page", lambda: next(numbers), coalition.slug) == 1


def test_what_waits_to_be_printed_of_him_is_not_printed(token, draft, now):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)
    facts = {"producers": [{"url": f"https://example.org/producenten/{draft.slug}/"}]}
    of_others = {"producers": [{"url": "https://example.org/producenten/een-ander/"}]}
    for number, told in enumerate((facts, of_others)):
        press.ask_sheet(subject=f"brochure:{number}:nl", template="brochure", title="Gids", facts=told, now=now)

    holding().erase(somebody(), now)

    assert [sheet.subject for sheet in Sheet.objects.all()] == ["brochure:1:nl"]
