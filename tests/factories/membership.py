from datetime import date

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from coalition.membership.models import Coalition, Mandate, Membership
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
