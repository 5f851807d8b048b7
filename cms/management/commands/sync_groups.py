"""Make the auth groups and their rights say what mandates and the house say; `--check` only looks."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.corners import open_corners
from cms.spaces import sync_founders_grant, sync_grants
from coalition.membership.actions import sync_groups
from coalition.membership.queries import coalitions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 when something differs")

    def handle(self, *args, check: bool, **options) -> None:
        now = timezone.now()
        differences = []
        if not check:
            open_corners(now=now)
        differences += sync_founders_grant(check=check)
        for coalition in coalitions():
            differences += sync_groups(coalition=coalition, now=now, check=check)
            differences += sync_grants(coalition=coalition, now=now, check=check)
        for line in differences:
            self.stdout.write(line)
        if check and differences:
            raise CommandError(f"{len(differences)} differences; run sync_groups to mend them")
        self.stdout.write("groups agree with mandates" if not differences else f"{len(differences)} mended")
