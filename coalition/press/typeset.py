"""Setting in type: facts and a template in, a tagged PDF out; the same facts give the same bytes.

The compositor works in a jail: a fresh folder with nothing but a copy of the template and pictures that were made
anew, our own fonts, and limits on time and memory. Facts are data, never part of the template's source.
"""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.base.tokens import COLOUR, design_tokens
from coalition.press import compositor, glyphs

log = logging.getLogger(__name__)

TEMPLATES = settings.BASE_DIR / "templates" / "print"


@dataclass(frozen=True)
class Printed:
    """A PDF, and the characters of its facts that no font has."""

    pdf: bytes
    lost: str = ""


def typeset(
    template: str, facts: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None, made_at: datetime
) -> Printed:
    """The PDF/UA-1 that `templates/print/<template>.typ` makes of the facts.

    `pictures` are JPEG files by the plain names that the facts give them. `made_at` is what the document says of its
    own age. Raises Refusal when it cannot be made: the fonts are missing, it takes too long or too much.
    """
    fonts, sieve = glyphs.faces(), glyphs.Sieve(glyphs.case())
    inputs = {"facts": _json(sieve.facts(facts)), "colours": _json(colours())}
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        jail = Path(folder).resolve()
        (jail / "main.typ").write_bytes(source(template))
        for name, picture in (pictures or {}).items():
            (jail / Path(name).name).write_bytes(picture)
        job = {"root": str(jail), "inputs": inputs, "fonts": [str(folder) for folder in fonts]}
        pdf = _compose(job | {"made_at": int(made_at.timestamp())})
    return Printed(pdf=pdf, lost="".join(sorted(sieve.lost)))


def source(template: str) -> bytes:
    """The template's text; Refusal for a name that is none."""
    path = TEMPLATES / f"{template}.typ"
    if not template.isidentifier() or not path.is_file():
        raise Refusal(_("There is no sheet of this kind."))
    return path.read_bytes()


def colours() -> dict[str, str]:
    """The colours of the house by name, as the style sheet has them for light screens."""
    tokens = design_tokens(str(settings.DESIGN_TOKENS))
    return {name: value for name, value in tokens.items() if COLOUR.fullmatch(value)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _compose(job: dict[str, Any]) -> bytes:
    # Isolated (-I) and without an environment: neither the machine's settings nor a proxy are known in there.
    command = [sys.executable, "-I", str(Path(compositor.__file__).resolve())]
    environment = {"HOME": job["root"], "RAYON_NUM_THREADS": "2"}
    try:
        done = subprocess.run(  # noqa: S603  our own file, nothing of anybody's in the command
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=compositor.SECONDS,
            cwd=job["root"],
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refusal(_("Making the PDF took too long.")) from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        log.error("the compositor gave up (%s): %s", done.returncode, done.stderr.decode(errors="replace")[:2000])
        raise Refusal(_("The PDF could not be made."))
    return done.stdout
