"""`manage.py tick`: all that is due, done here and now, without Celery."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from tasks import schedule


class Command(BaseCommand):
    help = "Do everything on the clock (tasks/schedule.py) once, or again and again with --loop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", type=float, metavar="SECONDS", help="go on, with this pause in between")

    def handle(self, *, loop: float | None, **options: object) -> None:
        failed = self.tick()
        while loop is not None:
            time.sleep(loop)
            close_old_connections()
            failed = self.tick()
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}", returncode=1)

    def tick(self) -> list[str]:
        """Run every entry; the names of those that failed, which stop nobody else."""
        failed = []
        for entry in schedule.CLOCK:
            try:
                entry.run()
            except Exception as error:  # noqa: BLE001  one entry's trouble is not the others'
                self.stderr.write(f"{entry.name}: {type(error).__name__}: {error}")
                failed.append(entry.name)
        return failed
