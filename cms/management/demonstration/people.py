"""The people of the demonstration: one for every role, all at addresses that exist nowhere."""

from base64 import b32encode
from datetime import datetime
from hashlib import sha256

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from coalition.base.errors import Refusal
from coalition.membership.actions import give_mandate
from coalition.membership.models import Coalition, Mandate
from coalition.people.models import Person
from coalition.territory.models import Municipality

Role = Mandate.Role

# name, address, coalition ("" for the administrator of the whole platform), role, NIS code a representative speaks for
PEOPLE = [
    ("Bea Beheerder", "beheer@demo.example.org", "", "", ""),
    ("Katrien Coördinator", "coordinator@demo.example.org", "pajotse-velden", Role.COORDINATOR, ""),
    ("Emiel Redacteur", "redacteur@demo.example.org", "pajotse-velden", Role.EDITOR, ""),
    ("Veerle Pajottegem", "pajottegem@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23106"),
    ("Lode Lennik", "lennik@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23104"),
    ("Petra Pepingen", "pepingen@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23064"),
    ("Rik Roosdaal", "roosdaal@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23097"),
    ("Tine Ternat", "ternat@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23086"),
    ("Sofie Sint-Pieters-Leeuw", "spl@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23077"),
    ("Benoît Bever", "bever@demo.example.org", "pajotse-velden", Role.REPRESENTATIVE, "23009"),
    ("Griet Scheldemeersen", "scheldemeersen@demo.example.org", "scheldemeersen", Role.COORDINATOR, ""),
]


def settle(coalitions: dict[str, Coalition], municipalities: dict[str, Municipality], *, now: datetime) -> None:
    """Write the people who are not there yet, with their mandates and a second factor."""
    for name, address, slug, role, nis in PEOPLE:
        person = Person.objects.filter(email=address).first()
        if person is None:
            person = Person.objects.create_user(address, name=name, is_demo=True, is_superuser=not slug)
        EmailAddress.objects.get_or_create(user=person, email=address, defaults={"verified": True, "primary": True})
        if slug:
            _mandate(person, coalitions[slug], role, municipalities.get(nis), now)
        if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(person, seed(address))


def seed(address: str) -> str:
    """The TOTP seed of a demonstration person: the same on every machine, so that a phone may keep it."""
    return b32encode(sha256(f"demonstration:{address}".encode()).digest()[:20]).decode()


def _mandate(
    person: Person, coalition: Coalition, role: Role, municipality: Municipality | None, now: datetime
) -> None:
    try:
        give_mandate(person=person, coalition=coalition, role=role, municipality=municipality, by=None, now=now)
    except Refusal:
        return  # he has it already
