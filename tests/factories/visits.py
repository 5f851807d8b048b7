"""Browsers of people who are signed in, the admin's second factor included."""

from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from coalition.people.models import Person


def enter(person: Person) -> Client:
    """A browser in which `person` signed in by code and showed his authenticator app."""
    factor = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if factor is None:
        factor = TOTP.activate(person, generate_totp_secret()).instance
    client = Client()
    client.force_login(person)
    session = client.session
    request = SimpleNamespace(session=session, user=person)
    record_authentication(request, person, method="code", email=person.email)
    record_authentication(request, person, method="mfa", id=factor.pk, type="totp")
    session.save()
    # Without this, a test that sees nothing might only stand before a closed door.
    assert client.get("/admin/").status_code == 200, "the admin is closed for this person"
    return client
