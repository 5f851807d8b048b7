"""The app that shows: pages, the admin, feeds."""

from importlib import import_module

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import receivers

        receivers.connect()
        # What the front door and the pages hold of people (coalition.people.holdings).
        import_module("cms.base.held")
        import_module("cms.desk.held")
