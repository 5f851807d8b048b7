"""The paper that letters of a coalition are written on: its name, where it is found, and who answers."""

from django.conf import settings

from coalition.mail.kinds import Prepared
from coalition.membership.models import Coalition

LANGUAGE = "nl"


def absolute(path: str) -> str:
    """The whole address of a page of this site."""
    return f"{settings.PUBLIC_URL}{path}"


def in_name_of(coalition: Coalition | None, subject: str, **context) -> Prepared:
    """A letter in the name of the coalition, or of the platform where there is none (yet)."""
    name = coalition.name if coalition else settings.WAGTAIL_SITE_NAME
    return Prepared(
        subject=subject,
        context={
            "coalition": name,
            "coalition_url": absolute(f"/{coalition.slug}/") if coalition else absolute("/"),
            "contact": coalition.contact_email if coalition else "",
        }
        | context,
        sender=name,
        reply_to=coalition.contact_email if coalition else "",
        language=LANGUAGE,
    )
