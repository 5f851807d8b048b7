from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction

from cms.pages.coalitions import CoalitionPage
from cms.spaces import MEMBERS_SLUG, sync_grants
from coalition.base.errors import Refusal
from coalition.membership.actions import give_mandate
from coalition.membership.models import Coalition, Mandate
from tests.factories import PersonFactory
from tests.factories.pages import make_home, make_space, publish_news

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_founding_a_coalition_makes_its_pages_its_collection_and_its_groups():
    space = make_space("pajotse-velden")

    assert space.live
    assert space.get_children().live().count() == 3
    assert space.collection.name == "Pajotse Velden"
    assert Group.objects.filter(name__startswith=f"c{space.coalition_id}-").count() == 3


def test_founding_is_all_or_nothing():
    home = make_home()
    home.add_child(instance=Page(title="In de weg", slug="pajotse-velden"))
    collections = Collection.objects.count()

    with pytest.raises(Refusal) as refusal:
        make_space("pajotse-velden")

    assert refusal.value.field == "slug"
    assert Coalition.objects.count() == 0
    assert CoalitionPage.objects.count() == 0
    assert Collection.objects.count() == collections
    assert Group.objects.filter(name__startswith="c").count() == 0


def test_an_editor_writes_in_his_own_coalition_and_a_coordinator_publishes_there():
    space, other = make_space("een"), make_space("twee")
    editor, coordinator = PersonFactory(), PersonFactory()
    give_mandate(person=editor, coalition=space.coalition, role=Mandate.Role.EDITOR, by=None, now=NOW)
    give_mandate(person=coordinator, coalition=space.coalition, role=Mandate.Role.COORDINATOR, by=None, now=NOW)
    news = publish_news(space)

    assert news.permissions_for_user(editor).can_edit()
    assert not news.permissions_for_user(editor).can_publish()
    assert news.permissions_for_user(coordinator).can_publish()
    foreign = publish_news(other)
    assert not foreign.permissions_for_user(coordinator).can_edit()
    assert not foreign.permissions_for_user(editor).can_edit()


def test_the_members_pages_are_for_the_members_of_this_coalition_only():
    space, other = make_space("een"), make_space("twee")
    restriction = PageViewRestriction.objects.get(page__slug=MEMBERS_SLUG, page__path__startswith=space.path)

    assert [group.name for group in restriction.groups.all()] == [f"c{space.coalition_id}-members"]
    assert other.coalition_id != space.coalition_id


def test_a_right_given_by_hand_is_taken_away_again():
    space = make_space("een")
    group = Group.objects.get(name=f"c{space.coalition_id}-editors")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission_type="publish")

    assert sync_grants(coalition=space.coalition, now=NOW, check=True) == [f"{group.name}: rights differ"]
    sync_grants(coalition=space.coalition, now=NOW)
    assert sync_grants(coalition=space.coalition, now=NOW, check=True) == []


def test_members_pages_opened_by_hand_are_closed_again():
    space = make_space("een")
    restriction = PageViewRestriction.objects.get(page__slug=MEMBERS_SLUG)
    restriction.restriction_type = PageViewRestriction.LOGIN
    restriction.save()

    assert sync_grants(coalition=space.coalition, now=NOW, check=True) == ["een/leden: readers differ"]
    sync_grants(coalition=space.coalition, now=NOW)
    assert sync_grants(coalition=space.coalition, now=NOW, check=True) == []


def test_the_command_checks_without_writing_and_mends_when_asked(capsys):
    space = make_space("een")
    call_command("sync_groups", "--check")
    Group.objects.get(name=f"c{space.coalition_id}-members").delete()

    with pytest.raises(CommandError, match="differences"):
        call_command("sync_groups", "--check")
    call_command("sync_groups")
    call_command("sync_groups", "--check")

    assert "agree" in capsys.readouterr().out


def test_the_address_of_a_coalition_cannot_be_changed_on_its_page():
    space = make_space("een")

    space.slug = "iets-anders"
    space.full_clean()

    assert space.slug == "een"
