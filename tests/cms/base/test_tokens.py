"""Every pair of colours that carries text can be read in light and in dark, with every accent (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from coalition.membership.models import Coalition

CSS = Path(settings.DESIGN_TOKENS)
ACCENTS = [accent.value for accent in Coalition.Accent]
TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("danger", "paper"),
    ("danger", "surface"),
    ("danger", "danger-soft"),
    ("ink", "danger-soft"),
    ("paper", "ink"),
    ("paper", "danger"),
]
WITH_ACCENT = [
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("muted", "accent-soft"),
    ("accent-ink", "accent"),
]
CONTROLS = [("edge", "paper"), ("edge", "surface"), ("focus", "paper"), ("focus", "surface"), ("focus", "accent-soft")]


def _declarations(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", block))


def _scheme(name: str) -> dict[str, str]:
    text = CSS.read_text()
    light = _declarations(text[text.index(":root") : text.index("}")])
    if name == "light":
        return light
    return light | _declarations(text[text.index("prefers-color-scheme: dark") : text.index("[data-accent")])


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _coloured(scheme: str, accent: str) -> dict[str, str]:
    colours = _scheme(scheme)
    return colours | {"accent": colours[accent], "accent-soft": colours[f"{accent}-soft"]}


def test_the_measure_knows_the_extremes():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") < 4.5


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_reaches_four_and_a_half_to_one(scheme, accent):
    colours = _coloured(scheme, accent)

    poor = {f"{a} on {b}": round(_contrast(colours[a], colours[b]), 2) for a, b in TEXT + WITH_ACCENT}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_and_focus_reach_three_to_one(scheme, accent):
    colours = _coloured(scheme, accent)

    poor = {f"{a} on {b}": round(_contrast(colours[a], colours[b]), 2) for a, b in CONTROLS}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < 3} == {}


def test_every_accent_can_be_picked_by_name():
    text = CSS.read_text()

    assert [accent for accent in ACCENTS if f'[data-accent="{accent}"]' not in text] == []


def test_only_the_tokens_hold_raw_colours():
    found = {
        path.name: re.findall(r"(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()", path.read_text())
        for path in CSS.parent.glob("*.css")
        if path != CSS
    }

    assert {name: raw for name, raw in found.items() if raw} == {}
