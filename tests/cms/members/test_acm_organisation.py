"""What ACM/IDM says of an organisation is evidence, once the sign-in is complete; the second factor stays ours."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from coalition.activity.models import Entry
from coalition.evidence.models import Evidence
from coalition.membership.models import Mandate
from tests.cms.local_acm import go
from tests.cms.signing_in import sign_in, with_second_factor
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db

ACCOUNT = "/accounts/acm/koppeling/"


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def enter_the_six_digits(client, person):
    secret = Authenticator.objects.get(user=person, type="totp").wrap()
    counter = next(iter(yield_hotp_counters_from_time()))
    from allauth.mfa.adapter import get_adapter

    code = hotp_value(get_adapter().decrypt(secret.instance.data["secret"]), counter)
    return client.post(reverse("mfa_authenticate"), {"code": f"{code:06}"})


def test_a_person_with_an_authenticator_app_needs_both(client, els):
    with_second_factor(els)

    answer = go(client, "els")
    before, seen_before = signed_in(client), Evidence.objects.count()
    enter_the_six_digits(client, els)

    assert answer.url == reverse("mfa_authenticate")
    assert (before, seen_before) == (None, 0), "half a sign-in is no evidence"
    assert signed_in(client) == str(els.pk)
    assert Evidence.objects.get().organisation_name == "Gemeente Lennik"
    assert client.session["acm"]["name"] == "Gemeente Lennik"


def test_acm_alone_does_not_open_the_admin(client, els):
    make_space("pajotse-velden")
    els.is_superuser = True
    els.save()
    go(client, "els")

    answer = client.get("/admin/")

    assert signed_in(client) == str(els.pk)
    assert answer.url == reverse("mfa_index")


def test_every_sign_in_leaves_evidence_and_nothing_of_it_is_a_mandate(client, els):
    make_space("pajotse-velden")

    go(client, "els")

    row = Evidence.objects.get()
    assert (row.person, row.organisation_number, row.target_group) == (els, "0207509031", "LB")
    assert not Mandate.objects.exists()
    assert not els.groups.exists()
    assert not Entry.objects.filter(verb__startswith="mandate").exists()


def test_an_organisation_that_disappears_is_seen(client, els, acm):
    go(client, "els")
    client.post("/accounts/logout/")
    acm.knows("els", vo_orgcode=["not", "text"])

    go(client, "els")

    assert [row.organisation_number for row in Evidence.objects.all()] == ["", "0207509031"]
    assert "ACM/IDM" in client.get(ACCOUNT).content.decode()


def test_nothing_else_of_what_acm_says_is_kept(client, els):
    go(client, "els")

    account = SocialAccount.objects.get()
    kept = str(account.extra_data) + str(Evidence.objects.values()) + str(dict(client.session.items()))
    assert set(account.extra_data) == {"vo_orgcode", "vo_orgnaam", "vo_doelgroepcode"}
    assert "Lennik" in kept
    assert "85073003328" not in kept
    assert "Els" not in kept
    assert not SocialToken.objects.exists()


def test_the_person_sees_for_whom_he_is_here(client, els):
    go(client, "els")

    page = client.get(ACCOUNT).content.decode()

    assert "Gemeente Lennik" in page
    assert "0207.509.031" in page


def test_a_later_sign_in_by_code_is_not_for_an_organisation(client, els):
    go(client, "els")
    client.post("/accounts/logout/")
    sign_in(client, els, second_factor=False)

    assert "acm" not in client.session
    assert "Gemeente Lennik" not in client.get(ACCOUNT).content.decode()
