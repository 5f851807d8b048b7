"""The letters of joining: an invitation, a request to confirm, and news for those whom a step concerns."""

from coalition.membership.letters import writing as writing
from coalition.membership.letters.posting import (
    answer_request,
    ask_to_confirm,
    send_invitation,
    tell_coordinators,
    tell_inviter,
    tell_representatives,
)

__all__ = [
    "answer_request",
    "ask_to_confirm",
    "send_invitation",
    "tell_coordinators",
    "tell_inviter",
    "tell_representatives",
]
