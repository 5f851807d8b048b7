"""What tests of `cms` may ask for besides."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from tests.factories import PersonFactory


@pytest.fixture(scope="session")
def acm_server():
    # Imported when a test asks for it: the provider brings a web framework of its own.
    from tests.cms.local_acm import running

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with running() as acm:
            yield acm


@pytest.fixture
def acm(acm_server, settings):
    """ACM/IDM set up, telling the truth, and knowing one civil servant of Lennik."""
    from tests.cms.local_acm import MAYOR

    settings.ACM = acm_server.settings()
    acm_server.forge, acm_server.answers = None, {}
    acm_server.asked.clear()
    acm_server.knows("els", email="els@example.org", email_verified=True, rrn="85073003328", given_name="Els", **MAYOR)
    return acm_server


@pytest.fixture
def els(acm):
    """Somebody who connected ACM/IDM to her account."""
    person = PersonFactory(email="els@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    SocialAccount.objects.create(user=person, provider="acm", uid="els")
    return person
