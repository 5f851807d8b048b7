"""ACM/IDM, the sign-in of Flemish government, by OpenID Connect. Off where settings.ACM is empty.

What it says of an organisation is evidence (`coalition.evidence`); nobody gets an account, an address, a mandate or
the admin from it.
"""

from django.conf import settings

ACM = "acm"


def is_on() -> bool:
    """Whether ACM/IDM is set up; without it there is no button, no door and no cookie."""
    return bool(settings.ACM)
