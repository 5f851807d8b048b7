"""Making a letter out of its kind's words: templates, design tokens, header fields."""

import re
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from coalition.mail import rules
from coalition.mail.kinds import Prepared

if TYPE_CHECKING:
    from coalition.mail.models import Letter

# Programs that answer by themselves leave these letters alone (RFC 3834; the second is Microsoft's).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

# What a letter needs when the style sheet lacks a token, or says it in words that no mail program understands.
FALLBACK = {
    "ink": "#1f2a24",
    "paper": "#fbf8f1",
    "line": "#d9d2c3",
    "leaf": "#2f6b3c",
    "beet": "#8c1d4b",
    "wheat": "#8a5a00",
    "sky": "#1f5c8b",
    "brick": "#a13d1e",
    "surface": "#fffdf9",
    "accent_ink": "#fffdf9",
    "muted": "#55605a",
    "serif": "Georgia, 'Times New Roman', serif",
    "sans": "'Helvetica Neue', Helvetica, Arial, sans-serif",
}
COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")


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


@cache
def design_tokens(path: str) -> dict[str, str]:
    """The light values of the style sheet's custom properties, `--line-soft` as `line_soft`; read once per process.

    A token that is missing, or whose value needs a browser (`clamp()`, `color-mix()`), has its value from FALLBACK.
    """
    try:
        source = Path(path).read_text(encoding="utf-8")
    except OSError:
        return dict(FALLBACK)
    raw: dict[str, str] = {}
    # The light value comes first in the sheet; what follows for dark screens or accents does not replace it.
    for name, value in re.findall(r"--([\w-]+)\s*:\s*([^;{}]+)[;}]", re.sub(r"/\*.*?\*/", "", source, flags=re.S)):
        raw.setdefault(name.replace("-", "_"), " ".join(value.split()))
    found = {name: _plain(value, raw) for name, value in raw.items()}
    found = {name: value for name, value in found.items() if value is not None}
    colours = {name: found[name] for name in FALLBACK if COLOUR.fullmatch(found.get(name, ""))}
    return {**found, **FALLBACK, **colours}


def _plain(value: str, raw: dict[str, str], depth: int = 0) -> str | None:
    """A value without `light-dark()` and `var()`; None when more of a browser is needed."""
    light = re.fullmatch(r"light-dark\(\s*([^,]+?)\s*,.*\)", value)
    value = light.group(1) if light else value
    reference = re.fullmatch(r"var\(--([\w-]+)\s*(?:,.*)?\)", value)
    if reference:
        target = raw.get(reference.group(1).replace("-", "_"))
        return _plain(target, raw, depth + 1) if target is not None and depth < 5 else None
    return None if re.search(r"\b(?:var|calc|clamp|color-mix|min|max)\(", value) else value
