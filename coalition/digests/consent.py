"""The words a reader agrees to; each version stays, because it is kept with the consent as proof (L-2.3)."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"
TEXT = _(
    "Yes, send me the digest of %(coalition)s by e-mail, at most once a week. My address is used for nothing else "
    "and I can stop at any time with one click."
)
