"""What every test may ask for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def now() -> datetime:
    """A Tuesday noon in the demo's autumn: 13:00 in Brussels (summer time ended on 2026-10-25)."""
    return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def sample_data() -> Path:
    """The folder with real input files; the test is skipped where it is not given (DESIGN 8)."""
    if not settings.SAMPLE_DATA or not Path(settings.SAMPLE_DATA).is_dir():
        pytest.skip("SAMPLE_DATA is not set: no real files to read")
    return Path(settings.SAMPLE_DATA).resolve()


@pytest.fixture(autouse=True)
def empty_cache():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
