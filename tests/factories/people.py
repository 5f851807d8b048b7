from factory import Sequence
from factory.django import DjangoModelFactory

from coalition.people.models import Person


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    email = Sequence(lambda n: f"person{n}@example.org")
    name = Sequence(lambda n: f"Persoon {n}")
