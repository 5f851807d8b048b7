"""What is in season."""

from datetime import datetime

from django.http import HttpRequest

from cms.pages.producers.scope import Scope


def seasons(request: HttpRequest, scope: Scope, *, now: datetime) -> dict:
    return {}
