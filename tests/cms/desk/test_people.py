"""People in the admin: superusers add and change them; nobody gets a password."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission

from coalition.people.models import Person
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    return sign_in(client, PersonFactory(email="chief@example.org", name="Chief", is_superuser=True))


def test_a_person_is_added_with_address_and_name(desk):
    group = Group.objects.create(name="c1-editors")

    shown = desk.get("/admin/users/new/")
    answer = desk.post("/admin/users/new/", {"email": "New@Example.org", "name": "Nele Nieuw", "groups": [group.pk]})

    person = Person.objects.get(email="new@example.org")
    assert shown.status_code == 200
    assert b'name="first_name"' not in shown.content
    assert answer.status_code == 302
    assert (person.name, list(person.groups.all())) == ("Nele Nieuw", [group])
    assert not person.has_usable_password()


def test_the_same_address_in_other_letters_is_refused(desk):
    PersonFactory(email="jan@example.org")

    answer = desk.post("/admin/users/new/", {"email": "JAN@example.org", "name": "Jan"})

    assert answer.status_code == 200
    assert "email" in answer.context["form"].errors
    assert Person.objects.filter(email__iexact="jan@example.org").count() == 1


def test_a_changed_address_closes_the_old_one(desk):
    person = PersonFactory(email="old@example.org")
    EmailAddress.objects.create(user=person, email="old@example.org", verified=True, primary=True)

    shown = desk.get(f"/admin/users/edit/{person.pk}/")
    answer = desk.post(
        f"/admin/users/edit/{person.pk}/", {"email": "new@example.org", "name": "Nieuwe naam", "is_active": "on"}
    )

    person.refresh_from_db()
    assert shown.status_code == 200
    assert answer.status_code == 302
    assert (person.email, person.name, person.is_active) == ("new@example.org", "Nieuwe naam", True)
    assert not EmailAddress.objects.filter(email="old@example.org").exists()


def test_somebody_can_be_made_inactive(desk):
    person = PersonFactory()

    desk.post(f"/admin/users/edit/{person.pk}/", {"email": person.email, "name": person.name})

    person.refresh_from_db()
    assert not person.is_active


def test_people_are_found_by_name_and_put_in_order(desk):
    PersonFactory(name="Zoë Zomer")
    PersonFactory(name="Bert Boon")

    found = desk.get("/admin/users/", {"q": "zomer"})
    in_order = desk.get("/admin/users/", {"ordering": "name"})

    assert [person.name for person in found.context["users"]] == ["Zoë Zomer"]
    assert [person.name for person in in_order.context["users"]] == ["Bert Boon", "Chief", "Zoë Zomer"]


def test_one_changes_his_own_name_and_only_that(desk):
    shown = desk.get("/admin/account/")
    form = {
        "name-name": "Chief Executive",
        "name-email": "other@example.org",
        "name_email-email": "other@example.org",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }

    desk.post("/admin/account/", form)

    assert shown.status_code == 200
    assert b"first_name" not in shown.content
    assert Person.objects.get(email="chief@example.org").name == "Chief Executive"


def test_nobody_but_a_superuser_sees_people(client):
    person = PersonFactory()
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    sign_in(client, person)

    for path in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{person.pk}/", "/admin/groups/"):
        assert client.get(path).status_code == 302
