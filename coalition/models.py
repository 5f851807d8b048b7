"""The nouns of the house: a table of contents of what the coalition knows."""

from coalition.activity.models import Entry, Notice
from coalition.digests.models import DigestSchedule, Edition, Issue, Subscription, Told
from coalition.evidence.models import Evidence
from coalition.intake.models import Batch, BatchFile, BatchRow, ColumnMapping, Problem
from coalition.mail.models import Address, Attempt, DeliveryEvent, Heartbeat, Letter
from coalition.membership.models import (
    Agreement,
    Coalition,
    Delegate,
    Invitation,
    JoinRequest,
    LanguageGround,
    Mandate,
    Membership,
    SharedLanguages,
)
from coalition.people.models import Person
from coalition.press.models import Sheet
from coalition.producers.models import (
    Closure,
    Declaration,
    FarmerLink,
    FieldConsent,
    Label,
    Listing,
    OpenSpan,
    Photo,
    Principles,
    Producer,
    ProducerDraft,
    Product,
    SalesChannel,
    Season,
)
from coalition.rights.models import DataRequest, Pass
from coalition.search.models import SearchDocument, SearchKey, SearchOccurrence, SearchWord
from coalition.territory.models import EnterpriseNumber, Locality, Municipality

__all__ = [
    # who and where
    "Person",
    "Municipality",
    "Locality",
    "EnterpriseNumber",
    # memory, post, imports
    "Entry",
    "Notice",
    "Letter",
    "Attempt",
    "Address",
    "DeliveryEvent",
    "Heartbeat",
    "Batch",
    "BatchFile",
    "BatchRow",
    "ColumnMapping",
    "Problem",
    # what is printed
    "Sheet",
    # what others say of them
    "Evidence",
    # what readers find
    "SearchDocument",
    "SearchWord",
    "SearchKey",
    "SearchOccurrence",
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
    "SharedLanguages",
    "LanguageGround",
    "JoinRequest",
    # who makes what, when it is in season, how one buys it
    "Producer",
    "Listing",
    "OpenSpan",
    "Closure",
    "Photo",
    "SalesChannel",
    "Product",
    "Label",
    "Season",
    "Principles",
    "Declaration",
    "FieldConsent",
    "ProducerDraft",
    "FarmerLink",
    # who is told what
    "DigestSchedule",
    "Subscription",
    "Edition",
    "Issue",
    "Told",
]
