import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.search.actions import forget_all_but, forget_documents, keep_documents
from coalition.search.models import SearchDocument, SearchKey, SearchOccurrence, SearchWord
from tests.factories.search import keep_page, page_facts, whole_index

pytestmark = pytest.mark.django_db


def test_a_page_is_written_down_with_the_most_telling_place_of_each_word():
    keep_page(1, "Boerenmarkt", "De markt in Gooik.", "Een boerenmarkt met kaas.")

    rows = SearchOccurrence.objects.order_by("word__text").values_list("word__text", "place")
    assert list(rows) == [
        ("boerenmarkt", 0), ("de", 1), ("een", 2), ("gooik", 1), ("in", 1), ("kaas", 2), ("markt", 1), ("met", 2),
    ]  # fmt: skip


def test_a_word_gets_its_ways_once_however_many_pages_say_it():
    keep_page(1, "Markt")
    once = SearchKey.objects.count()
    keep_page(2, "Markt")

    assert once == 1 + 1 + 5  # itself, "arkt", and each letter left out
    assert SearchKey.objects.count() == once


def test_a_changed_page_is_found_by_its_new_words_only():
    keep_page(1, "Appels van Jan Peeters")
    assert SearchWord.objects.filter(text="peeters").exists()

    keep_page(1, "Appels van de boer")

    assert not SearchWord.objects.filter(text="peeters").exists()
    assert not SearchKey.objects.filter(key__startswith="peeter").exists()
    assert SearchOccurrence.objects.filter(word__text="boer").count() == 1


def test_a_forgotten_page_takes_along_its_words_but_not_those_of_others():
    keep_page(1, "Markt in Gooik")
    keep_page(2, "Markt in Lennik")

    forget_documents([1, 99])

    assert list(SearchWord.objects.exclude(text="").values_list("text", flat=True)) == ["in", "lennik", "markt"]
    assert list(SearchDocument.objects.values_list("number", flat=True)) == [2]


def test_writing_the_same_again_changes_nothing():
    keep_page(1, "Markt in Gooik", "Elke zondag.")
    before = whole_index(), list(SearchOccurrence.objects.values_list("pk", flat=True))

    keep_page(1, "Markt in Gooik", "Elke zondag.")

    assert (whole_index(), list(SearchOccurrence.objects.values_list("pk", flat=True))) == before


def test_forget_all_but_says_how_many_went():
    for number in (1, 2, 3):
        keep_page(number, "Markt")

    assert forget_all_but([2, 4]) == 2
    assert SearchDocument.objects.get().number == 2


def test_a_word_of_ten_thousand_letters_is_cut():
    keep_page(1, "Kort", text="a" * 10_000)

    assert SearchWord.objects.filter(text="a" * 40).exists()


def test_three_pages_cost_the_queries_of_one():
    def queries(numbers: range) -> int:
        facts = [page_facts(number, f"Kaas en appels {number}") for number in numbers]
        with CaptureQueriesContext(connection) as captured:
            keep_documents(facts)
        return len(captured)

    keep_page(99, "Eerst")
    assert queries(range(1, 2)) == queries(range(2, 5))
