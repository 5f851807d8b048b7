"""The colours and fonts of the house, read from the one style sheet that has them, for what is no screen."""

import re
from functools import cache
from pathlib import Path

# What letters and sheets need when the style sheet lacks a token, or says it in words that only a browser understands.
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
