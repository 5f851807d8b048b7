from django.contrib.auth.hashers import make_password
from factory import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from coalition.people.models import Person


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    email = Sequence(lambda n: f"person{n}@example.org")
    name = Sequence(lambda n: f"Persoon {n}")
    # As everybody here: no password, so none that could be asked for.
    password = LazyFunction(lambda: make_password(None))
