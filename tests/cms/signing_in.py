"""Signing in for tests, as a person does it: with a session that remembers how."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from coalition.people.models import Person


def with_second_factor(person: Person) -> Authenticator:
    """The person's authenticator app, set up now if it was not yet."""
    existing = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return existing or TOTP.activate(person, generate_totp_secret()).instance


def sign_in(client: Client, person: Person, *, second_factor: bool = True) -> Client:
    """`client` signed in as `person` by mailed code, and by authenticator app unless `second_factor` is False."""
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    records = [{"method": "code", "at": time.time(), "email": person.email}]
    if second_factor:
        factor = with_second_factor(person)
        records.append({"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type})
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client
