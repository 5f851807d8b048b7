from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.base.errors import Refusal
from coalition.territory.boundaries import BrokenFile
from coalition.territory.mergers import read_mergers
from tests.coalition.territory.files import MERGERS


def test_mergers_are_read_under_a_messy_heading():
    pajottegem, bastogne = read_mergers(MERGERS)

    assert [one.name for one in pajottegem.ended] == ["Galmaarden", "Gooik", "Herne"]
    assert (pajottegem.new.nis, bastogne.new.nis) == ("23106", "82039")


def test_a_code_may_live_on_and_a_provisional_name_loses_its_remark():
    antwerpen, beveren = read_mergers(
        b"Antwerpen (11002) + Borsbeek (11007), Antwerpen (11002)\n"
        b"Beveren (46003) + Kruibeke (46013),Beveren-Kruibeke-Zwijndrecht (voorlopige naam) (46030)"
    )

    assert antwerpen.keeps_a_code
    assert [one.nis for one in antwerpen.ended] == ["11007"]
    assert beveren.new.name == "Beveren-Kruibeke-Zwijndrecht"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Herne (2303),Pajottegem (23106)", "row 2: “Herne (2303)” is not a name followed by a NIS code"),
        ("Herne (23032)", "row 2: It must have two columns"),
        ("Herne (23032) + Herne (23032),Pajottegem (23106)", "row 2: The same municipality is named twice"),
        ("A (23032),B (23106)\nA (23032),C (23107)", "A (23032): It ends in more than one merger."),
        ("A (23032),B (23106)\nB (23106),C (23107)", "B (23106): It ends in one merger and is the result of another."),
        ("A (23032),B (23106)\nB (23106),A (23032)", "A (23032): It ends in one merger and is the result of another."),
    ],
)
def test_a_broken_row_is_refused_naming_it(row, fault):
    with pytest.raises(BrokenFile) as caught:
        read_mergers(f"Oud,Nieuw\n{row}\n".encode())

    assert fault in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"Oud,Nieuw\n", b"\xff\x00\xff"])
def test_a_list_without_mergers_is_refused(content):
    with pytest.raises(BrokenFile):
        read_mergers(content)


@given(st.binary(max_size=200) | st.text(alphabet='A()+,"1\n\t\x00', max_size=80).map(str.encode))
def test_whatever_bytes_come_the_reader_answers_or_refuses(content):
    with suppress(Refusal):
        read_mergers(content)
