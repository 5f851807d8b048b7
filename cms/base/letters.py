"""What allauth calls its messages, and which letter of ours each of them is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from coalition.mail import actions as mail
from coalition.mail import kinds
from coalition.mail.kinds import LetterKind, Prepared, Withhold
from coalition.mail.models import Letter, Stream

NOTICE_IS_NEWS = timedelta(days=2)


@dataclass(frozen=True)
class Occasion:
    """Why somebody is written to: the letter's kind, its subject, and for a notice what happened."""

    kind: str
    subject: str
    happened: str = ""


def _notice(happened: str) -> Occasion:
    return Occasion("people/notice", _("Something changed in your account"), happened)


SIGN_IN_CODE = Occasion("people/sign_in_code", _("Your code to sign in"))
ADDRESS_CODE = Occasion("people/address_code", _("Confirm your e-mail address"))
UNKNOWN_ADDRESS = Occasion("people/unknown_address", _("Signing in with this address"))

OCCASIONS = {
    "account/email/login_code": SIGN_IN_CODE,
    "account/email/unknown_account": UNKNOWN_ADDRESS,
    "account/email/account_already_exists": _notice(
        _("Somebody wanted to use this e-mail address, but it already belongs to your account.")
    ),
    "account/email/email_confirmation": ADDRESS_CODE,
    "account/email/email_confirmation_signup": ADDRESS_CODE,
    "account/email/email_confirm": _notice(_("Your e-mail address was confirmed.")),
    "account/email/email_changed": _notice(_("The e-mail address of your account was changed.")),
    "account/email/email_deleted": _notice(_("An e-mail address was removed from your account.")),
    "socialaccount/email/account_connected": _notice(
        _("ACM/IDM was connected to your account: from now on it opens it.")
    ),
    "socialaccount/email/account_disconnected": _notice(_("ACM/IDM was disconnected from your account.")),
    "mfa/email/totp_activated": _notice(_("An authenticator app was added.")),
    "mfa/email/totp_deactivated": _notice(_("The authenticator app was removed.")),
    "mfa/email/webauthn_added": _notice(_("A passkey was added.")),
    "mfa/email/webauthn_removed": _notice(_("A passkey was removed.")),
    "mfa/email/recovery_codes_generated": _notice(_("New recovery codes were made; the old ones no longer work.")),
}


def prepare(occasion: Occasion, *, email: str, code: str = "", language: str, at: datetime) -> Prepared:
    """The letter for `occasion`, ready to be rendered in `language`."""
    with override(language):
        return Prepared(
            subject=str(occasion.subject),
            language=language,
            sender=settings.WAGTAIL_SITE_NAME,
            context={
                "coalitions_url": settings.PUBLIC_URL + "/",
                "code": code,
                "email": email,
                "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
                "happened": str(occasion.happened),
                "at": at,
                "account_url": settings.PUBLIC_URL + reverse("mfa_index"),
            },
        )


def post_notice(*, name: str, to: str, language: str, now: datetime) -> None:
    """Write that something changed in an account, to whoever it belongs; it holds no secret, so it may wait."""
    facts = {"occasion": name, "language": language}
    mail.post(
        kind="people/notice",
        key=f"people/notice:{uuid4().hex}",
        to=to,
        facts=facts,
        expires_at=now + NOTICE_IS_NEWS,
        now=now,
    )


def _notice_from_row(letter: Letter, now: datetime) -> Prepared:
    occasion = OCCASIONS[letter.facts["occasion"]]
    return prepare(occasion, email=letter.to, language=letter.facts["language"], at=letter.created_at)


def _never_later(letter: Letter, now: datetime) -> Prepared:
    raise Withhold("a code leaves at once or not at all")


def register() -> None:
    """Tell the post office which letters the front door writes."""
    kinds.register(
        LetterKind(
            name="people/notice",
            stream=Stream.SERVICE,
            prepare=_notice_from_row,
            title=_("Note that something changed in your account"),
        )
    )
    for occasion in (SIGN_IN_CODE, ADDRESS_CODE, UNKNOWN_ADDRESS):
        kinds.register(
            LetterKind(
                name=occasion.kind,
                stream=Stream.SIGN_IN,
                prepare=_never_later,
                retry_when_unknown=False,
                title=occasion.subject,
            )
        )


register()
