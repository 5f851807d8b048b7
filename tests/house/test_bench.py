"""The tables of `make bench`."""

from tests.bench import __main__ as bench


def test_a_table_lines_up_numbers_and_leaves_gaps_empty():
    rows = [{"what": "home", "queries": 7, "ms": 12.3456}, {"what": "cached", "queries": 0, "note": "from the cache"}]

    assert bench.table(rows).splitlines() == [
        "what    queries     ms  note",
        "------  -------  -----  --------------",
        "home          7  12.35",
        "cached        0         from the cache",
    ]


def test_every_measurement_can_be_found():
    assert "__main__" not in bench.names()
    assert bench.main(["nothing-of-the-kind"]) == 1
