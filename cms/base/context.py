"""What every template may ask for; no query is made here."""

from django.conf import settings
from django.http import HttpRequest

from cms.base.acm import is_on


def everywhere(request: HttpRequest) -> dict:
    return {
        "PUBLIC_URL": settings.PUBLIC_URL,
        "SITE_NAME": settings.WAGTAIL_SITE_NAME,
        "ACM_IS_ON": is_on(),
        "LOCAL_MAIL_PAGE": settings.LOCAL_MAIL_PAGE,
    }
