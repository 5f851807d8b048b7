"""What the front door holds of somebody: his confirmed addresses, his second step, and where he is signed in."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from coalition.people.holdings import Holding, Item, Subject, register


def _show(subject: Subject) -> list[Item]:
    if subject.person is None:
        return []
    addresses = EmailAddress.objects.filter(user=subject.person)
    factors = Authenticator.objects.filter(user=subject.person)
    services = SocialAccount.objects.filter(user=subject.person)
    sessions = UserSession.objects.filter(user=subject.person)
    return [
        *(
            Item(_("Address to sign in with"), {_("e-mail address"): a.email, _("confirmed"): a.verified})
            for a in addresses
        ),
        *(
            Item(factor.get_type_display(), {_("since"): factor.created_at, _("last used"): factor.last_used_at})
            for factor in factors
        ),
        *(
            Item(
                _("Sign-in service"),
                {
                    _("name"): service.provider,
                    _("your number there"): service.uid,
                    _("since"): service.date_joined,
                    _("what it said"): ", ".join(f"{key}: {value}" for key, value in service.extra_data.items()),
                },
            )
            for service in services
        ),
        *(
            Item(
                _("Signed in"),
                {
                    _("since"): session.created_at,
                    _("last seen"): session.last_seen_at,
                    _("internet address"): session.ip,
                    _("browser"): session.user_agent,
                },
            )
            for session in sessions
        ),
    ]


def _erase(subject: Subject, now: datetime) -> None:
    if subject.person is not None:
        for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
            model.objects.filter(user=subject.person).delete()
    _end_sessions(subject)


def _end_sessions(subject: Subject) -> None:
    """Sessions can only be read one by one: those of the person, and those in which an address was typed."""
    key = str(subject.person.pk) if subject.person is not None else None
    for session in Session.objects.order_by("pk").iterator():
        kept = session.get_decoded()
        typed = str(kept).lower()
        if (key and kept.get("_auth_user_id") == key) or any(address in typed for address in subject.addresses):
            session.delete()


def _forget(now: datetime, batch: int) -> int:
    old = now - timedelta(days=settings.RETENTION_DAYS["security_logs"])
    count = 0
    for rows in (UserSession.objects.filter(last_seen_at__lt=old), Session.objects.filter(expire_date__lt=now)):
        some = list(rows.order_by("pk").values_list("pk", flat=True)[: batch - count])
        count += rows.model.objects.filter(pk__in=some).delete()[0]
    return count


register(
    Holding(
        name="front_door",
        purpose=_("Letting you in, and nobody else in your place"),
        kept=_("As long as you have an account; where you were signed in, for twelve months at most."),
        show=_show,
        erase=_erase,
        forget=_forget,
    )
)
