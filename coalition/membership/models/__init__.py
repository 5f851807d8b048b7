"""Who works together, on what footing, and how one joins."""

from coalition.membership.models.agreements import Agreement, Delegate
from coalition.membership.models.coalitions import Coalition, Mandate, Membership
from coalition.membership.models.joining import Invitation, JoinRequest
from coalition.membership.models.languages import LanguageGround, SharedLanguages

__all__ = [
    "Agreement",
    "Coalition",
    "Delegate",
    "Invitation",
    "JoinRequest",
    "LanguageGround",
    "Mandate",
    "Membership",
    "SharedLanguages",
]
