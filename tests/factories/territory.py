from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from coalition.territory.models import Locality, Municipality


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    nis = Sequence(lambda n: f"{90000 + n:05d}")
    name_nl = Sequence(lambda n: f"Gemeente {n}")
    name_fr = ""
    latitude = 50.78
    longitude = 4.12


class LocalityFactory(DjangoModelFactory):
    class Meta:
        model = Locality

    municipality = SubFactory(MunicipalityFactory)
    name = Sequence(lambda n: f"Dorp {n}")
    postcode = ""
