"""What happens to coalitions, memberships and mandates."""

from coalition.membership.actions.coalitions import change_coalition, found_coalition, write_agreement
from coalition.membership.actions.invitations import (
    accept_invitation,
    invitation_to_accept,
    invite,
    withdraw_invitation,
)
from coalition.membership.actions.languages import choose_shared_languages, record_ground, withdraw_ground
from coalition.membership.actions.mandates import (
    FOUNDERS,
    end_mandate,
    give_mandate,
    sync_founders,
    sync_groups,
    sync_groups_due,
)
from coalition.membership.actions.memberships import (
    accept_membership,
    invite_municipality,
    leave,
    record_decision,
    record_membership,
    withdraw_membership,
)
from coalition.membership.actions.mergers import carry_mergers_due
from coalition.membership.actions.requests import (
    accept_request,
    ask_to_join,
    confirm_request,
    decline_request,
    request_to_confirm,
)

__all__ = [
    "FOUNDERS",
    "accept_invitation",
    "accept_membership",
    "accept_request",
    "ask_to_join",
    "carry_mergers_due",
    "change_coalition",
    "choose_shared_languages",
    "confirm_request",
    "decline_request",
    "end_mandate",
    "found_coalition",
    "give_mandate",
    "invitation_to_accept",
    "invite",
    "invite_municipality",
    "leave",
    "record_decision",
    "record_ground",
    "record_membership",
    "request_to_confirm",
    "sync_founders",
    "sync_groups",
    "sync_groups_due",
    "withdraw_ground",
    "withdraw_invitation",
    "withdraw_membership",
    "write_agreement",
]
