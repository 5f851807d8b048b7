"""What every template may ask for."""

from django.conf import settings
from django.http import HttpRequest


def everywhere(request: HttpRequest) -> dict:
    return {"PUBLIC_URL": settings.PUBLIC_URL, "LOCAL_MAIL_PAGE": settings.LOCAL_MAIL_PAGE}
