"""The nouns of the house: a table of contents of what the coalition knows."""

from coalition.activity.models import Entry, Notice
from coalition.digests.models import DigestSchedule, Edition, Issue, Subscription, Told
from coalition.intake.models import Batch, Problem
from coalition.mail.models import Address, Attempt, DeliveryEvent, Heartbeat, Letter
from coalition.membership.models import (
    Agreement,
    Coalition,
    Delegate,
    Invitation,
    JoinRequest,
    Mandate,
    Membership,
)
from coalition.people.models import Person
from coalition.rights.models import DataRequest, Pass
from coalition.territory.models import Locality, Municipality

__all__ = [
    # who and where
    "Person",
    "Municipality",
    "Locality",
    # memory, post, imports
    "Entry",
    "Notice",
    "Letter",
    "Attempt",
    "Address",
    "DeliveryEvent",
    "Heartbeat",
    "Batch",
    "Problem",
    # who asked what is held of him
    "DataRequest",
    "Pass",
    # who works together
    "Coalition",
    "Membership",
    "Mandate",
    "Agreement",
    "Delegate",
    "Invitation",
    "JoinRequest",
    # who is told what
    "DigestSchedule",
    "Subscription",
    "Edition",
    "Issue",
    "Told",
]
