"""Make the index of readers say what the public pages say; safe to repeat, at any hour."""

from django.core.management.base import BaseCommand

from cms.indexing import rebuild


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        pages, gone = rebuild()
        self.stdout.write(f"{pages} pages in the index, {gone} taken out")
