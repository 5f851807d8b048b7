"""Making a letter out of its kind's words: templates, design tokens, header fields."""

import re
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from coalition.base.tokens import design_tokens
from coalition.mail import rules
from coalition.mail.kinds import Prepared

if TYPE_CHECKING:
    from coalition.mail.models import Letter

# Programs that answer by themselves leave these letters alone (RFC 3834; the second is Microsoft's).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def compose(letter: "Letter", prepared: Prepared) -> EmailMultiAlternatives:
    """The mail that leaves: the text part and the HTML part, in the letter's language.

    Raises what a broken template raises, and django.core.mail.BadHeaderError for a header field with a line break.
    """
    with override(prepared.language):
        subject = rules.one_line(str(prepared.subject))
        context = _context(letter, prepared, subject)
        text = get_template(f"mail/{letter.kind}.txt").template.render(Context(context, autoescape=False))
        html = get_template(f"mail/{letter.kind}.html").template.render(Context(context))
    message = EmailMultiAlternatives(
        subject=subject,
        body=tidy(text),
        from_email=sender(prepared.sender),
        to=[letter.to],
        reply_to=[rules.one_line(prepared.reply_to)] if prepared.reply_to else None,
        headers={**AUTOMATIC, **prepared.headers, **_identity(letter.message_id, letter.created_at)},
    )
    message.attach_alternative(html, "text/html")
    return message


def sender(name: str) -> str:
    """Our address with the name of who writes beside it."""
    return formataddr((rules.one_line(name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def tidy(text: str) -> str:
    """Plain text without the gaps that template tags leave: no spaces at line ends, one empty line at most."""
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _identity(message_id: str, written_at: datetime) -> dict[str, str]:
    return {"Message-ID": message_id, "Date": format_datetime(written_at)}


def _context(letter: "Letter", prepared: Prepared, subject: str) -> dict:
    tokens = design_tokens(str(settings.DESIGN_TOKENS))
    accent = letter.coalition.accent if letter.coalition_id else "leaf"
    return {
        "tokens": tokens,
        "accent": tokens.get(accent, tokens["leaf"]),
        "PUBLIC_URL": settings.PUBLIC_URL,
        "LANGUAGE_CODE": prepared.language,
        "sender": prepared.sender,
        **prepared.context,
        "subject": subject,
    }
