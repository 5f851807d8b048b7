from datetime import date

import pytest

from coalition.base import geo
from coalition.territory.actions import adopt_edition, sketch_boundaries
from coalition.territory.boundaries import BrokenFile, read_boundaries
from coalition.territory.mergers import read_mergers
from coalition.territory.models import Municipality
from coalition.territory.rules import Regime
from tests.coalition.territory.files import AFTER, BEFORE, MERGERS, boundary_file, feature
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 1)


def adopt(content, mergers=None, **more):
    return adopt_edition(
        municipalities=read_boundaries(content).municipalities,
        mergers=read_mergers(mergers) if mergers else (),
        **more,
    )


def test_an_edition_brings_municipalities_with_their_regime_and_outline():
    changes = adopt(boundary_file(feature("23009", "Bever", name_fr="Biévène")), source="Statbel")

    bever = Municipality.objects.get()
    assert changes.created == ["Bever (23009)"]
    assert (bever.regime, bever.source, bever.is_schematic) == (Regime.BORDER, "Statbel", False)
    assert geo.contains(geo.from_text(bever.outline), 4.05, 50.75)
    assert bever.search_text == " bever bievene"


def test_a_merger_ends_the_old_municipalities_on_the_eve_and_starts_the_new_one():
    adopt(BEFORE, edition_from=date(2019, 1, 1))

    changes = adopt(AFTER, MERGERS, edition_from=DAY)

    pajottegem = Municipality.objects.get(nis="23106")
    herne = Municipality.objects.get(nis="23032")
    assert pajottegem.valid_from == DAY
    assert (herne.valid_until, herne.successor) == (date(2024, 12, 31), pajottegem)
    assert herne.boundary
    assert changes.ended == ["Galmaarden (23023)", "Gooik (23024)", "Herne (23032)"]
    assert changes.created == ["Pajottegem (23106)"]
    assert len(changes.skipped) == 1
    assert "Bastogne + Bertogne" in changes.skipped[0]


def test_former_municipalities_are_known_by_name_from_the_list_of_mergers_alone():
    changes = adopt(AFTER, MERGERS, edition_from=DAY)

    assert Municipality.objects.get(nis="23032").successor.nis == "23106"
    assert "Herne (23032)" in changes.created


def test_a_merger_told_by_the_boundaries_alone_needs_the_old_rows_for_their_names():
    changes = adopt(AFTER, edition_from=DAY)

    assert Municipality.objects.count() == 2
    assert len(changes.skipped) == 3


@pytest.mark.parametrize("mergers", [None, MERGERS])
def test_the_same_edition_twice_changes_nothing(mergers):
    adopt(BEFORE, edition_from=date(2019, 1, 1))
    adopt(AFTER, mergers, edition_from=DAY, source="Statbel")
    before = list(Municipality.objects.order_by("nis").values())

    changes = adopt(AFTER, mergers, edition_from=DAY, source="Statbel")

    assert changes.total == 0
    assert list(Municipality.objects.order_by("nis").values()) == before


def test_an_older_edition_never_replaces_a_newer_boundary_or_revives_what_ended():
    adopt(AFTER, MERGERS, edition_from=DAY)
    adopt(
        boundary_file(feature("23104", "Lennik oud", 4.3), feature("23032", "Herne", 4.1)),
        edition_from=date(2019, 1, 1),
    )

    lennik = Municipality.objects.get(nis="23104")
    herne = Municipality.objects.get(nis="23032")
    assert lennik.name_nl == "Lennik"
    assert geo.bounds([geo.from_text(lennik.boundary)])[0] == 4.2
    assert herne.boundary
    assert herne.valid_until == date(2024, 12, 31)


def test_a_code_that_lives_on_is_redrawn_and_keeps_its_dates():
    adopt(boundary_file(feature("11002", "Antwerpen", 4.0), feature("11007", "Borsbeek", 4.1)))
    mergers = b"Antwerpen (11002) + Borsbeek (11007),Antwerpen (11002)"

    changes = adopt(boundary_file(feature("11002", "Antwerpen", 4.05)), mergers, edition_from=DAY)

    antwerpen = Municipality.objects.get(nis="11002")
    assert (antwerpen.valid_from, antwerpen.valid_until) == (None, None)
    assert Municipality.objects.get(nis="11007").successor == antwerpen
    assert changes.redrawn == ["Antwerpen (11002)"]
    assert changes.ended == ["Borsbeek (11007)"]


def test_a_schematic_boundary_gives_way_to_the_official_one_and_a_new_name_is_told():
    row = MunicipalityFactory(nis="23104", name_nl="Lenik", latitude=50.75, longitude=4.25)
    sketch_boundaries(municipalities=[row], source="")

    changes = adopt(boundary_file(feature("23104", "Lennik", 4.2)))

    row.refresh_from_db()
    assert not row.is_schematic
    assert row.search_text == " lennik"
    assert changes.renamed == changes.redrawn == ["Lennik (23104)"]


def test_municipalities_that_are_not_in_the_file_stay_as_they_are():
    adopt(BEFORE)
    adopt(boundary_file(feature("23104", "Lennik", 4.2)))

    assert Municipality.objects.filter(valid_until__isnull=True).count() == 4


def test_mergers_without_a_day_are_refused_with_nothing_written():
    with pytest.raises(BrokenFile, match="from which day"):
        adopt(AFTER)

    assert not Municipality.objects.exists()


def test_a_municipality_that_merged_and_is_still_drawn_is_refused():
    content = boundary_file(feature("23106", "Pajottegem"), feature("23032", "Herne", 4.1))

    with pytest.raises(BrokenFile, match="Herne .23032.: It has merged"):
        adopt(content, MERGERS, edition_from=DAY)

    assert not Municipality.objects.exists()


def test_a_sketch_is_marked_and_never_replaces_an_official_boundary():
    adopt(boundary_file(feature("23104", "Lennik", 4.2)))
    official = Municipality.objects.get()
    official.latitude, official.longitude = 50.75, 4.25
    official.save()
    sketched = MunicipalityFactory(latitude=50.72, longitude=4.05)
    nowhere = MunicipalityFactory(latitude=None, longitude=None)

    written = sketch_boundaries(municipalities=[official, sketched, nowhere], source="demo")
    again = sketch_boundaries(municipalities=Municipality.objects.order_by("pk"), source="demo")

    assert (written, again) == ([sketched], [])
    sketched.refresh_from_db()
    assert sketched.is_schematic
    assert not Municipality.objects.get(nis="23104").is_schematic
