"""Who carries a letter out of the house, and what he comes back with.

With SMTP every step is taken by hand, because what a lost connection means depends on the step: before the body was
sent the letter has certainly not left, afterwards nobody knows.
"""

import re
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.utils.module_loading import import_string

from coalition.mail import rules
from coalition.mail.rules import Outcome


class Unreachable(Exception):  # noqa: N818  a state of the world
    """The mail server cannot be reached, or does not let us in; no letter is to blame."""


@dataclass(frozen=True)
class Reply:
    """What became of one attempt: the server's code and words; `dead_address`: nobody lives there."""

    outcome: Outcome
    code: int | None = None
    detail: str = ""
    dead_address: bool = False
    provider_id: str = ""


@dataclass(frozen=True)
class Parcel:
    """A letter as it goes over the line; from here on nothing in it can be wrong any more."""

    message: EmailMultiAlternatives
    content: bytes


def pack(message: EmailMultiAlternatives) -> Parcel:
    """Close the envelope; raises for what cannot be in a letter, such as a line break in a header field."""
    return Parcel(message, message.message().as_bytes(linesep="\r\n"))


class SmtpCarrier:
    """One SMTP connection, opened when it is first needed and used for many letters."""

    def __init__(self, backend: SmtpBackend) -> None:
        self._backend = backend
        self._used = False

    def ready(self) -> None:
        """Be connected; raises Unreachable."""
        if self._backend.connection is not None:
            return
        try:
            self._backend.open()
            self._backend.connection.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unreachable(_words(error)) from error
        self._used = False

    def hand_over(self, parcel: Parcel) -> Reply:
        """Give the letter to the server; never raises for what the server or the line does."""
        try:
            refusal = self._announce(parcel.message)
        except (OSError, smtplib.SMTPException, Unreachable) as error:
            self.close()
            return Reply(Outcome.POSTPONED, detail=_words(error))
        if refusal:
            self._start_anew(refusal.code)
            return refusal
        return self._send(parcel.content)

    def close(self) -> None:
        """Say goodbye, if anybody is listening."""
        smtp, self._backend.connection = self._backend.connection, None
        if smtp is not None:
            try:
                # A server that hangs is not waited for a second time.
                if smtp.sock is not None:
                    smtp.sock.settimeout(1)
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _announce(self, message: EmailMultiAlternatives) -> Reply | None:
        """From whom and to whom, up to the server's "go ahead"; a refusal, or None when it listens."""
        self.ready()
        try:
            code, words = self._mail(message)
        except (OSError, smtplib.SMTPException):
            if not self._used:
                raise
            # The server hung up while we were busy with the last letter: that is nobody's attempt.
            self.close()
            self.ready()
            code, words = self._mail(message)
        self._used = True
        if code != 250:
            # Not wanting our sender is our trouble, never the reader's: the letter waits until it is mended.
            return _reply(Outcome.POSTPONED, code, words)
        code, words = self._backend.connection.rcpt(message.to[0])
        if code not in (250, 251):
            dead = rules.address_is_dead(code, words.decode("utf-8", "replace"))
            return _reply(Outcome.REFUSED if code >= 500 else Outcome.POSTPONED, code, words, dead_address=dead)
        code, words = self._backend.connection.docmd("DATA")
        return None if code == 354 else _reply(Outcome.REFUSED if code >= 500 else Outcome.POSTPONED, code, words)

    def _mail(self, message: EmailMultiAlternatives) -> tuple[int, bytes]:
        smtp = self._backend.connection
        sender = parseaddr(message.from_email)[1]
        return smtp.mail(sender, ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else [])

    def _send(self, content: bytes) -> Reply:
        dotted = re.sub(rb"(?m)^\.", b"..", content)
        end = b".\r\n" if dotted.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            self._backend.connection.send(dotted + end)
            code, words = self._backend.connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Reply(Outcome.UNKNOWN, detail=_words(error))
        if 200 <= code < 300:
            return _reply(Outcome.ACCEPTED, code, words)
        self._start_anew(code)
        return _reply(Outcome.REFUSED if code >= 500 else Outcome.POSTPONED, code, words)

    def _start_anew(self, code: int | None) -> None:
        """Forget the letter that was refused; 421 means that the server hangs up (RFC 5321 3.8)."""
        try:
            if code == 421 or self._backend.connection.rset()[0] != 250:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()


class BackendCarrier:
    """Any other of Django's mail backends: a folder, a mail service by django-anymail."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend

    def ready(self) -> None:
        """Be connected; raises Unreachable."""
        try:
            self._backend.open()
        except Exception as error:  # noqa: BLE001  each backend has errors of its own
            raise Unreachable(_words(error)) from error

    def hand_over(self, parcel: Parcel) -> Reply:
        """Give the letter to the backend; an error that is no clear answer leaves it unknown."""
        try:
            self._backend.send_messages([parcel.message])
        except Exception as error:  # noqa: BLE001  each backend has errors of its own
            code = getattr(error, "status_code", None)
            if code is None:
                return Reply(Outcome.UNKNOWN, detail=_words(error))
            # A wrong key, too many requests or a service in trouble is "later"; other answers are about this letter.
            later = code in (401, 403, 408, 429) or code >= 500
            return Reply(Outcome.POSTPONED if later else Outcome.REFUSED, code, _words(error))
        status = getattr(parcel.message, "anymail_status", None)
        return Reply(Outcome.ACCEPTED, provider_id=str(getattr(status, "message_id", None) or "")[:200])

    def close(self) -> None:
        self._backend.close()


Carrier = SmtpCarrier | BackendCarrier


def call(*, timeout: int | None = None) -> Carrier:
    """The carrier that the settings name; `timeout` in seconds for one answer of an SMTP server."""
    if issubclass(import_string(settings.EMAIL_BACKEND), SmtpBackend):
        return SmtpCarrier(get_connection(**({"timeout": timeout} if timeout else {})))
    return BackendCarrier(get_connection())


def _reply(outcome: Outcome, code: int, words: bytes, *, dead_address: bool = False) -> Reply:
    text = rules.one_line(words.decode("utf-8", "replace"))[:300]
    return Reply(outcome, code if code > 0 else None, text, dead_address)


def _words(error: Exception) -> str:
    return rules.one_line(f"{type(error).__name__}: {error}")[:300]
