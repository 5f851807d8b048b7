from datetime import date

import pytest

from coalition.territory.queries import Reason, find
from tests.factories import MunicipalityFactory
from tests.factories.territory import LocalityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
EVE = date(2024, 12, 31)


@pytest.fixture
def pajottegem():
    row = MunicipalityFactory(nis="23106", name_nl="Pajottegem", valid_from=date(2025, 1, 1))
    for nis, name in (("23023", "Galmaarden"), ("23024", "Gooik"), ("23032", "Herne")):
        MunicipalityFactory(nis=nis, name_nl=name, valid_until=EVE, successor=row)
    LocalityFactory(municipality=row, name="Gooik", postcode="1755")
    LocalityFactory(municipality=row, name="Vollezele", postcode="1570")
    return row


def answers(text, on=TODAY):
    return [(match.municipality.name_nl, match.reason, match.matched) for match in find(text, on)]


@pytest.mark.parametrize(
    ("text", "reason", "matched"),
    [
        ("Pajottegem", Reason.NAME, "Pajottegem"),
        ("pajot", Reason.NAME, "Pajottegem"),
        ("HERNE", Reason.FORMER, "Herne"),
        ("1755", Reason.POSTCODE, "1755 Gooik"),
        ("Vollezele", Reason.LOCALITY, "Vollezele"),
        ("1570 vollezele", Reason.LOCALITY, "1570 Vollezele"),
    ],
)
def test_a_municipality_answers_to_every_name_it_has(pajottegem, text, reason, matched):
    assert answers(text) == [("Pajottegem", reason, matched)]


def test_a_former_name_tells_since_when(pajottegem):
    match = find("Herne", TODAY)[0]

    assert match.merged_on == date(2025, 1, 1)
    assert "Herne" in match.note
    assert "2025" in match.note


def test_before_the_merger_the_old_municipality_answers_for_itself(pajottegem):
    assert answers("Herne", on=EVE) == [("Herne", Reason.NAME, "Herne")]
    assert answers("Pajottegem", on=EVE) == []


def test_a_village_of_a_municipality_that_ended_answers_with_what_it_became(pajottegem):
    former = pajottegem.predecessors.get(nis="23032")
    LocalityFactory(municipality=former, name="Sint-Pieters-Kapelle", postcode="1541")

    assert answers("st pieters kapelle") == [("Pajottegem", Reason.LOCALITY, "Sint-Pieters-Kapelle")]


def test_a_chain_of_mergers_is_followed_to_its_end():
    last = MunicipalityFactory(name_nl="Laatst", valid_from=date(2025, 1, 1))
    middle = MunicipalityFactory(name_nl="Midden", valid_until=EVE, successor=last)
    MunicipalityFactory(name_nl="Eerst", valid_until=date(2018, 12, 31), successor=middle)

    match = find("eerst", TODAY)[0]

    assert match.municipality == last
    assert match.merged_on == date(2019, 1, 1)


def test_whole_names_come_first_and_a_municipality_answers_once():
    MunicipalityFactory(name_nl="Hernegem")
    MunicipalityFactory(name_nl="Groot Herne")
    herne = MunicipalityFactory(name_nl="Herne")
    LocalityFactory(municipality=herne, name="Herne", postcode="1540")

    assert [name for name, *_ in answers("herne")] == ["Herne", "Hernegem", "Groot Herne"]
    assert len(find("herne", TODAY, limit=2)) == 2


def test_accents_french_names_and_hyphens_do_not_matter():
    MunicipalityFactory(name_nl="Bever", name_fr="Biévène")
    MunicipalityFactory(name_nl="Sint-Pieters-Leeuw")

    assert answers("BIEVENE") == [("Bever", Reason.NAME, "Biévène")]
    assert [name for name, *_ in answers("leeuw")] == ["Sint-Pieters-Leeuw"]
    assert [name for name, *_ in answers("sint pieters l")] == ["Sint-Pieters-Leeuw"]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "' OR 1=1 --", "\x00", "zzz", "x" * 5000])
def test_what_nobody_is_called_finds_nothing(pajottegem, text):
    assert find(text, TODAY) == []


def test_a_circle_of_successors_does_not_hang():
    one = MunicipalityFactory(name_nl="Een", valid_until=EVE)
    two = MunicipalityFactory(name_nl="Twee", valid_until=EVE, successor=one)
    one.successor = two
    one.save()

    assert find("een", TODAY) == []


@pytest.mark.parametrize("others", [0, 30])
def test_the_answer_takes_three_queries_whatever_its_length(pajottegem, django_assert_num_queries, others):
    for number in range(others):
        MunicipalityFactory(name_nl=f"Herne {number}", valid_until=EVE, successor=pajottegem)

    with django_assert_num_queries(3):
        find("herne", TODAY)
