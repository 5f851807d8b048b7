"""The Celery application: a bell and a clock. What is due is in the database, never in a queue."""

import os

from celery import Celery

from tasks import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.development")

app = Celery("coalition")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = schedule.modules()
app.conf.beat_schedule = schedule.for_beat()
