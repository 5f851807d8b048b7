"""The app that knows: one Django app, its rooms are plain packages."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

ROOMS_WITH_LETTERS = ("people", "rights", "membership", "producers", "digests")
# Lower rooms first (coalition.people.holdings).
ROOMS_THAT_HOLD = ("people", "activity", "mail", "intake", "rights", "evidence", "membership", "producers", "digests")


class CoalitionConfig(AppConfig):
    name = "coalition"
    label = "coalition"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each room tells the post office which letters it writes (coalition.mail.kinds).
        for room in ROOMS_WITH_LETTERS:
            if find_spec(f"coalition.{room}.letters"):
                import_module(f"coalition.{room}.letters")
        # ... and says what it holds of people.
        for room in ROOMS_THAT_HOLD:
            import_module(f"coalition.{room}.held")
