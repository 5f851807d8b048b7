"""Sheets."""

from datetime import UTC, datetime

import factory

from coalition.press.models import Sheet

ASKED = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class SheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sheet

    subject = "trial:1"
    template = "trial"
    title = "Streekgids"
    file_name = "streekgids-a4.pdf"
    fingerprint = factory.Sequence(lambda number: f"{number:064x}")
    token = factory.Sequence(lambda number: f"token-{number}")
    facts = factory.LazyFunction(lambda: {"title": "Streekgids", "stories": ["Appels"]})
    created_at = asked_at = changed_at = ASKED
