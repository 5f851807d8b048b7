"""One collection of pages and what is found in it, written down: the suite asks it on SQLite and on PostgreSQL."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coalition.search.actions import forget_documents, keep_documents
from coalition.search.models import SearchDocument
from coalition.search.queries import as_known, documents, search
from coalition.search.rules import cost, grade, question
from tests.coalition.search.test_rules import mistyped
from tests.factories import MunicipalityFactory
from tests.factories.search import keep_page, page_facts
from tests.factories.territory import LocalityFactory

pytestmark = pytest.mark.django_db

# number, title, lead, text, others
PAGES = [
    (1, "Markt in Gooik", "Elke eerste zondag.", "Groenten, kaas en brood.", {}),
    (2, "Boerenmarkt", "Telkens in een andere gemeente.", "Met geitenkaas uit Lennik.", {}),
    (3, "Afhaalpunt", "Naast de markt.", "Appelsap en peren.", {}),
    (4, "Verslag", "Van de vergadering.", "We spraken over de markt en over 1570 euro.", {}),
    (5, "Marché de Bever", "Chaque dimanche.", "Fromage, légumes et pain.", {"language": "fr"}),
    (6, "Marktkramers gezocht", "", "", {"kind": "page"}),
    (7, "Pajotse Velden", "Zes gemeenten delen een markt.", "", {"kind": "coalition"}),
    (8, "Toegankelijkheids\u00adverklaring", "", "Kaarten zijn niet voor iedereen te lezen.", {"kind": "page"}),
    (9, "Crème-fraîche van de hoeve", "Sint-Pieters-Leeuw", "Ook karnemelk.", {}),
    (10, "Zuivel", "Melk uit St.-Pieters-Leeuw.", "Kaas, karnemelk en yoghurt.", {}),
]
# what is asked -> the numbers of the pages, the best first, in Dutch
EXPECTED = {
    # whole word in the title, beginning, compound; then lead (newest first), then text
    "markt": [1, 6, 2, 7, 3, 4],
    "MARKT": [1, 6, 2, 7, 3, 4],
    "mark": [6, 1, 2, 7, 3, 4],
    "markt gooik": [1],
    "gooik markt": [1],
    "boerenmarkt": [2],
    "boerenmrakt": [2],
    "markt kaas": [1, 2],
    "kaas": [10, 1, 2],
    "kaes": [],
    "makrt": [1, 7, 3, 4],
    "markt fromage": [],
    "marche": [5],
    "marché": [5],
    "fromaje": [5],
    "legumes": [5],
    "creme fraiche": [9],
    "Crème-fraîche": [9],
    "sint pieters leeuw": [10, 9],
    "St-Pieters-Leeuw": [10, 9],
    "toegankelijkheidsverklaring": [8],
    "verklaring": [8],
    "karnemelk": [10, 9],
    "karnemelc": [10, 9],
    "melk": [10, 9],
    "1570": [4],
    "1571": [],
    "de": [9, 4, 3, 5],
    "d": [],
    "zondag zondag": [1],
    "!?": [],
    "": [],
    "%": [],
    "' OR 1=1 --": [],
    "markt_gooik": [1],
    "zzzzzz": [],
}


@pytest.fixture
def pages():
    keep_documents([page_facts(number, *words, **others) for number, *words, others in PAGES])


def numbers(text: str, language: str = "nl") -> list[int]:
    """The numbers of the pages found, the kinds put together again in the order of the answers."""
    found = search(text, language=language)
    keys = {row.pk: row.number for row in SearchDocument.objects.all()}
    return [keys[pk] for pk in found.in_order]


@pytest.mark.parametrize("asked", EXPECTED)
def test_every_database_gives_this_list(pages, asked):
    assert numbers(asked) == EXPECTED[asked]


def test_pages_in_the_language_of_the_visit_come_first(pages):
    keep_page(11, "Marché à Lennik", language="nl")

    assert numbers("marche") == [11, 5]
    assert numbers("marche", "fr") == [5, 11]


def test_each_kind_has_its_own_list(pages):
    answers = search("markt", language="nl").answers

    assert {kind: len(found) for kind, found in answers.items()} == {"news": 4, "page": 1, "coalition": 1}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("makrt", "markt"),
        ("makrt gooik", "markt gooik"),
        ("markt goiik", "markt gooik"),
        ("markt", None),
        ("zzzzzz", None),
        ("karnemelc", "karnemelk"),
    ],
)
def test_what_was_probably_meant_is_said_when_something_was_forgiven(pages, asked, meant):
    assert search(asked, language="nl").meant == meant


def test_of_two_words_equally_near_the_more_frequent_is_meant():
    keep_page(1, "Peren")
    keep_page(2, "Veren")
    keep_page(3, "Veren en pluimen")

    assert search("weren", language="nl").meant == "veren"


def test_an_exact_answer_in_the_text_comes_before_a_forgiven_one_in_the_title():
    keep_page(1, "Markt")
    keep_page(2, "Nieuws", text="Over de makrt, zoals men hier zegt.")

    assert numbers("makrt") == [2, 1]
    assert search("makrt", language="nl").meant is None


def test_a_forgotten_page_is_found_no_more(pages):
    assert 1 in numbers("markt")

    forget_documents([1])

    assert 1 not in numbers("markt")
    assert numbers("gooik") == []


def test_finding_costs_two_queries_for_one_page_and_for_three():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            search("kazen en zuivel", language="nl")
        return len(captured)

    keep_page(1, "Kazen en zuivel")
    one = queries()
    keep_page(2, "Kazen en zuivel")
    keep_page(3, "Kazen en zuivel")

    assert queries() == one == 2


def test_documents_come_with_those_about_a_municipality_in_one_query(django_assert_num_queries):
    keep_page(1, "Nieuws")
    keep_page(2, "Lennik", kind="municipality", subject="23104")
    keep_page(3, "Gooik", kind="municipality", subject="23024")
    news = SearchDocument.objects.get(number=1)

    with django_assert_num_queries(1):
        found = documents([news.pk], about=["23104"])
    assert sorted(row.title for row in found.values()) == ["Lennik", "Nieuws"]


def test_a_mistyped_name_of_a_place_is_put_right():
    municipality = MunicipalityFactory(name_nl="Sint-Pieters-Leeuw", name_fr="Leeuw-Saint-Pierre")
    LocalityFactory(municipality=municipality, name="Vlezenbeek", postcode="1602")

    assert as_known("Vlezebeek") == "vlezenbeek"
    assert as_known("Sint-Piters-Leeuw") == "sint pieters leeuw"
    assert as_known("Vlezen") == "vlezen"
    assert as_known("1603") == "1603"
    assert as_known("") == ""


VOCABULARY = [
    "markt", "markten", "boerenmarkt", "kaas", "geitenkaas", "kaars", "appel", "appels", "appelsap", "hoeve", "ei",
    "eieren", "melk", "karnemelk", "zuivel", "1570", "15700", "brood", "broodje", "de", "deel",
]  # fmt: skip


class AnyIndex(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_the_index_finds_what_reading_every_page_would_find(self, data):
        words = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4).map(" ".join)
        texts = data.draw(st.lists(st.tuples(words, words, words), min_size=1, max_size=6))
        pages = [page_facts(number, *text) for number, text in enumerate(texts, 1)]
        keep_documents(pages)
        asked = " ".join(data.draw(st.lists(st.sampled_from([*VOCABULARY, "mrkt", "apel", "broot"]), max_size=3)))

        assert numbers(asked) == read_through(pages, asked)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_a_word_with_one_random_error_still_finds_its_page(self, data):
        word = data.draw(st.text("abcdefgmnortu", min_size=5, max_size=14))
        keep_page(1, "Nieuws", text=f"Hier staat {word} tussen andere woorden.")

        assert numbers(data.draw(mistyped(word))) == [1]

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_a_short_word_is_not_found_by_one_error_nor_a_longer_one_by_two(self, data):
        word = data.draw(st.text("abcd", min_size=4, max_size=6))
        keep_page(1, word)
        wrong = data.draw(st.permutations("xyz")).copy()
        errors = 1 if len(word) < 5 else 2
        at = data.draw(st.lists(st.integers(0, len(word) - 1), min_size=errors, max_size=errors, unique=True))
        typed = "".join(wrong.pop() if place in at else letter for place, letter in enumerate(word))

        assert numbers(word) == [1]
        assert numbers(typed) == []


def read_through(pages: list, asked: str) -> list[int]:
    """What the rules say of every page in turn."""
    found = []
    for page in pages:
        costs = [
            min(
                (cost(how, place) for word, place in page.words().items() if (how := grade(sought, word)) is not None),
                default=None,
            )
            for sought in question(asked)
        ]
        if costs and None not in costs:
            found.append((sum(costs), -page.published_at.timestamp(), -page.number))
    return [-number for *_rest, number in sorted(found)]
