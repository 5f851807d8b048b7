from datetime import UTC, datetime

from factory import Sequence
from factory.django import DjangoModelFactory

from coalition.intake.models import Batch


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = Batch

    kind = "municipalities"
    file_name = Sequence(lambda n: f"gemeenten-{n}.geojson")
    sha256 = "0" * 64
    state = Batch.State.DONE
    at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
