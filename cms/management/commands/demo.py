"""Write the demonstration: two invented coalitions of real municipalities. Repeating it changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from cms.due import keep_corners
from cms.management.demonstration import brochures, coalitions, french, pages, people, practical, producers, territory


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        if not settings.LOCAL_MAIL_PAGE:
            raise CommandError("The demonstration has people whose codes anybody can read; it does not go on a server.")
        now = timezone.now()
        with transaction.atomic(), translation.override("nl"):
            municipalities = territory.settle()
            pages.settle_home(now=now)
            spaces = coalitions.settle(municipalities, now=now)
            coalitions.subscribe(spaces, now=now)
            pages.settle(spaces, now=now)
            practical.settle(spaces, now=now)
            people.settle({slug: space.coalition for slug, space in spaces.items()}, municipalities, now=now)
            producers.settle({slug: space.coalition for slug, space in spaces.items()}, now=now)
            keep_corners(now=now)
            french.settle(spaces, now=now)
            brochures.settle(spaces)
        self.stdout.write(f"demonstration: {len(spaces)} coalitions, {len(municipalities)} municipalities")
