"""Nobody enters the admin without a second factor shown in this visit."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests.cms.signing_in import sign_in, with_second_factor
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person = PersonFactory()
    person.groups.add(group)
    return person


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/nothing-here/", "/admin/users/add/"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert "next=/admin/" in answer.url


def test_somebody_without_admin_rights_is_refused_and_not_sent_in_circles(client):
    sign_in(client, PersonFactory())

    assert client.get("/admin/").status_code == 403


def test_an_editor_without_a_second_factor_is_sent_to_set_one_up(client, editor):
    sign_in(client, editor, second_factor=False)

    assert client.get("/admin/").url == reverse("mfa_index")


def test_a_superuser_without_a_second_factor_is_sent_to_set_one_up(client):
    sign_in(client, PersonFactory(is_superuser=True), second_factor=False)

    assert client.post("/admin/pages/1/delete/").url == reverse("mfa_index")


def test_an_editor_who_showed_it_comes_in(client, editor):
    sign_in(client, editor)

    assert client.get("/admin/").status_code == 200


def test_a_session_that_did_not_show_it_must_show_it_first(client, editor):
    with_second_factor(editor)
    sign_in(client, editor, second_factor=False)

    answer = client.get("/admin/pages/")

    assert answer.url == reverse("mfa_reauthenticate") + "?next=%2Fadmin%2Fpages%2F"


def test_a_passkey_is_asked_for_as_a_passkey(client, editor):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.WEBAUTHN, data={})
    sign_in(client, editor, second_factor=False)

    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_recovery_codes_alone_are_no_second_factor(client, editor):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    sign_in(client, editor, second_factor=False)

    assert client.get("/admin/").url == reverse("mfa_index")


def test_who_switches_the_last_factor_off_is_out_at_once(client, editor):
    sign_in(client, editor)

    Authenticator.objects.filter(user=editor).delete()

    assert client.get("/admin/").url == reverse("mfa_index")


def test_a_factor_shown_earlier_does_not_count_for_another_one_set_up_later(client, editor):
    sign_in(client, editor)
    Authenticator.objects.filter(user=editor).delete()
    with_second_factor(editor)

    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate"))


def test_what_another_person_showed_in_this_browser_does_not_count(client, editor):
    sign_in(client, PersonFactory(is_superuser=True))
    records = client.session["account_authentication_methods"]
    with_second_factor(editor)
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = records
    session.save()

    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate"))


def test_no_setting_opens_the_door(client, editor, settings):
    settings.DEBUG = True
    settings.MFA_TRUST_ENABLED = True
    settings.MFA_SUPPORTED_TYPES = []
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    settings.LOCAL_MAIL_PAGE = True
    sign_in(client, editor, second_factor=False)

    assert client.get("/admin/").url == reverse("mfa_index")


def test_leaving_needs_no_second_factor(client, editor):
    sign_in(client, editor, second_factor=False)

    client.post("/admin/logout/")

    assert "_auth_user_id" not in client.session
