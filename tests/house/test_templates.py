"""Every template can be read, is opened from one place, and carries neither style nor script of its own."""

import re
from pathlib import Path

import allauth
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

from tests.house import tree

TEMPLATES = [path.relative_to("templates") for path in tree.of(".html", ".txt", under="templates")]
# Django and allauth open these by their own names: the front doors of errors, and templates of theirs that we shadow.
OPENED_BY_DJANGO = {"404.html", "500.html", "403.html", "400.html", "403_csrf.html"}
THEIR_TEMPLATES = [Path(allauth.__file__).parent / "templates", Path(wagtail.__file__).parent / "admin" / "templates"]
# Shared on purpose: what others stand on, and pieces. All else belongs to one place.
SHARED_FOLDERS = {"parts", "elements", "layouts"}

_NAMED_IN_TEMPLATE = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_QUOTED = re.compile(r"""["']([\w/.-]+)["']""")
_INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)"""
)


def is_shared(name: Path) -> bool:
    return name.stem.startswith(("base", "_")) or bool(SHARED_FOLDERS & set(name.parts[:-1]))


def is_opened_by_others(name: Path) -> bool:
    return str(name) in OPENED_BY_DJANGO or any((folder / name).is_file() for folder in THEIR_TEMPLATES)


def of_pages_and_letters() -> dict[str, list[str]]:
    """Templates whose name follows from the name of a page class, or of a kind of letter."""
    from wagtail.models import Page

    from coalition.mail import kinds

    opened: dict[str, list[str]] = {}
    for model in apps.get_models():
        if issubclass(model, Page):
            opened.setdefault(model.template, []).append(f"{model.__module__}.{model.__name__}")
    for kind in kinds.names():
        for suffix in (".html", ".txt"):
            opened.setdefault(f"mail/{kind}{suffix}", []).append(f"letter {kind}")
    return opened


def openers() -> dict[str, set[str]]:
    """For every template, who opens it: Python files and page classes, kinds of letters, other templates."""
    known = {str(name) for name in TEMPLATES}
    found = {name: set(who) for name, who in of_pages_and_letters().items() if name in known}
    for path in tree.of(".py"):
        if path.parts[0] in ("coalition", "cms", "tasks"):
            for name in known & set(_QUOTED.findall(tree.text(path))):
                # A page or letter that names its template out loud is still one opener.
                others = {
                    who for who in found.get(name, set()) if not who.startswith(".".join(path.with_suffix("").parts))
                }
                found[name] = others | {str(path)}
    for template in TEMPLATES:
        for name in known & set(_NAMED_IN_TEMPLATE.findall(tree.text("templates" / template))):
            found.setdefault(name, set()).add(f"templates/{template}")
    return found


def test_every_template_is_opened_from_one_place():
    found = openers()

    own = [name for name in TEMPLATES if not is_shared(name) and not is_opened_by_others(name)]
    assert {str(name): sorted(found.get(str(name), [])) for name in own if len(found.get(str(name), [])) != 1} == {}


def test_every_shared_template_is_used():
    found = openers()

    shared = [name for name in TEMPLATES if is_shared(name) and not is_opened_by_others(name)]
    assert [str(name) for name in shared if str(name) not in found] == []


@pytest.mark.parametrize("name", TEMPLATES, ids=str)
def test_a_template_can_be_read(name):
    assert get_template(str(name)).template.nodelist is not None


def test_every_template_that_is_named_exists():
    named = {
        (str(template), name)
        for template in TEMPLATES
        for name in _NAMED_IN_TEMPLATE.findall(tree.text("templates" / template))
    }

    assert [pair for pair in sorted(named) if not exists(pair[1])] == []


def exists(name: str) -> bool:
    folders = [*settings.TEMPLATES[0]["DIRS"], *engines["django"].template_dirs]
    return any((Path(folder) / name).is_file() for folder in folders)


def test_no_style_or_script_stands_in_a_page():
    pages = [name for name in TEMPLATES if name.suffix == ".html" and name.parts[0] != "mail"]

    assert {str(n): m.group(0) for n in pages if (m := _INLINE.search(tree.text("templates" / n)))} == {}


@pytest.mark.parametrize(
    "page",
    ['<p style="color: red">', "<style>p {}</style>", '<a onclick="go()">', "<script>go()</script>", "<script defer>"],
)
def test_a_style_or_script_in_a_page_is_found(page):
    assert _INLINE.search(page)


@pytest.mark.parametrize("page", ['<script src="a.js" defer></script>', '<script type="application/json" id="map">'])
def test_a_script_of_its_own_file_is_no_inline_script(page):
    assert not _INLINE.search(page)
