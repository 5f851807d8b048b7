"""Objects for tests, valid unless told otherwise."""

from tests.factories.membership import (
    CoalitionFactory,
    InvitationFactory,
    JoinRequestFactory,
    MandateFactory,
    MembershipFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.territory import MunicipalityFactory

__all__ = [
    "CoalitionFactory",
    "InvitationFactory",
    "JoinRequestFactory",
    "MandateFactory",
    "MembershipFactory",
    "MunicipalityFactory",
    "PersonFactory",
]
