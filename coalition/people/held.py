"""What the house holds of somebody who has an account: his address and his name."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.people.holdings import Holding, Item, Subject, register
from coalition.people.models import Person


def _show(subject: Subject) -> list[Item]:
    person = subject.person
    if person is None:
        return []
    facts = {_("e-mail address"): person.email, _("name"): person.name, _("since"): person.joined_at}
    return [Item(_("Your account"), facts | {_("last signed in"): person.last_login})]


def _erase(subject: Subject, now: datetime) -> None:
    """The row stays, because deeds and pages point at it; nothing in it says any more who it was."""
    if subject.person is None:
        return
    Person.objects.filter(pk=subject.person.pk, erased_at__isnull=True).update(
        email=f"{uuid4().hex}@erased.invalid",
        name="",
        password="!",  # noqa: S106  a password that no password matches
        is_active=False,
        is_superuser=False,
        last_login=None,
        erased_at=now,
    )
    subject.person.groups.clear()
    subject.person.user_permissions.clear()
    subject.person.refresh_from_db()


def _obstacles(subject: Subject, now: datetime) -> Iterable[str]:
    person = subject.person
    if person is not None and person.is_superuser and person.is_active:
        others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
        if not others.exists():
            yield _("You are the only administrator of this site. Make somebody else administrator first.")


register(
    Holding(
        name="people.accounts",
        purpose=gettext_lazy("Signing in and knowing who you are"),
        kept=gettext_lazy("As long as you have an account."),
        stays=gettext_lazy("An empty row without address or name, called “a former user”."),
        show=_show,
        erase=_erase,
        about=lambda subject: [subject.person] if subject.person else [],
        obstacles=_obstacles,
    )
)
