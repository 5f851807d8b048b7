from datetime import UTC, datetime

from factory import SubFactory
from factory.django import DjangoModelFactory

from coalition.evidence.models import Evidence
from coalition.territory.models import EnterpriseNumber
from tests.factories.people import PersonFactory
from tests.factories.territory import MunicipalityFactory


class EnterpriseNumberFactory(DjangoModelFactory):
    class Meta:
        model = EnterpriseNumber

    municipality = SubFactory(MunicipalityFactory)
    number = "0207509031"


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    person = SubFactory(PersonFactory)
    organisation_number = "0207509031"
    organisation_name = "Gemeente Lennik"
    target_group = "LB"
    seen_at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
