from datetime import UTC, date, datetime

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from coalition.membership.models import Coalition, Invitation, JoinRequest, Mandate, Membership
from tests.factories.people import PersonFactory
from tests.factories.territory import MunicipalityFactory


class CoalitionFactory(DjangoModelFactory):
    class Meta:
        model = Coalition

    slug = Sequence(lambda n: f"coalitie-{n}")
    name = Sequence(lambda n: f"Voedselcoalitie {n}")
    contact_email = "coalitie@example.org"
    founded_on = date(2026, 1, 1)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    coalition = SubFactory(CoalitionFactory)
    municipality = SubFactory(MunicipalityFactory)
    standing = Membership.Standing.MEMBER
    decision_body = "gemeenteraad"
    decision_date = date(2026, 1, 15)
    valid_from = date(2026, 2, 1)


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    person = SubFactory(PersonFactory)
    coalition = SubFactory(CoalitionFactory)
    role = Mandate.Role.COORDINATOR


class InvitationFactory(DjangoModelFactory):
    """An open invitation to edit for a coalition."""

    class Meta:
        model = Invitation

    coalition = SubFactory(CoalitionFactory)
    role = Invitation.Role.EDITOR
    email = Sequence(lambda n: f"genodigd{n}@example.org")
    created_at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    expires_at = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)


class JoinRequestFactory(DjangoModelFactory):
    """A request to join that was confirmed and waits for an answer."""

    class Meta:
        model = JoinRequest

    coalition = SubFactory(CoalitionFactory)
    municipality = SubFactory(MunicipalityFactory)
    name = "Tine Ternat"
    email = Sequence(lambda n: f"vraagt{n}@example.org")
    office = "schepen"
    state = JoinRequest.State.CONFIRMED
    asked_at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    confirmed_at = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
