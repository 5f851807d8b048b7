"""The app that rings: Celery and the clock."""

from django.apps import AppConfig
from django.conf import settings


class TasksConfig(AppConfig):
    name = "tasks"
    label = "tasks"

    def ready(self) -> None:
        from coalition.base import bell
        from tasks.bell import ring

        # Without a broker there is nobody to hear it: `manage.py tick` finds what is due.
        if not settings.CELERY_BROKER_URL.startswith("memory:"):
            bell.plug(ring)
