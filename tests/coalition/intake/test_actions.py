import pytest

from coalition.intake.actions import keep_batch
from coalition.intake.models import Batch
from coalition.intake.queries import latest
from tests.factories.intake import BatchFactory

pytestmark = pytest.mark.django_db


def test_a_refused_file_is_kept_with_each_problem_cut_to_what_fits(now):
    batch = keep_batch(
        kind="municipalities",
        file_name="x" * 300 + ".geojson",
        sha256="0" * 64,
        state=Batch.State.REFUSED,
        by=None,
        now=now,
        problems=[("feature 2", "It has no name."), ("p" * 300, "s" * 900)],
    )

    assert batch.file_name.endswith(".geojson")
    assert [(len(p.place), len(p.sentence)) for p in batch.problems.all()] == [(9, 15), (200, 500)]


def test_the_ledger_tells_the_latest_of_a_kind_first(django_assert_num_queries, now):
    old, new = BatchFactory(), BatchFactory(at=now.replace(year=2027))
    BatchFactory(kind="producers")

    with django_assert_num_queries(2):
        assert list(latest("municipalities")) == [new, old]
