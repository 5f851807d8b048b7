"""Every template can be read, is opened from one place, and carries neither style nor script of its own."""

import re
from pathlib import Path

import allauth
import django
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from wagtail.models import Page

from tests.house import tree

TEMPLATES = [path.relative_to("templates") for path in tree.of(".html", ".txt", under="templates")]
# The front doors of errors, which Django opens by their names, and templates of others that ours shadow.
OPENED_BY_DJANGO = {"404.html", "500.html", "403.html", "400.html", "403_csrf.html"}
THEIR_TEMPLATES = [
    Path(django.__file__).parent / "forms" / "templates",
    Path(allauth.__file__).parent / "templates",
    Path(wagtail.__file__).parent / "admin" / "templates",
]
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


def openers() -> dict[str, set[str]]:
    """For every template, who opens it: Python files, page classes, kinds of letters, other templates by folder.

    A page class opens the template of its name; a letter, wherever its kind is named, opens `mail/<kind>`;
    a piece that only templates of its own folder include belongs to that folder.
    """
    known = {str(name) for name in TEMPLATES}
    found: dict[str, set[str]] = {name: set() for name in known}
    for model in apps.get_models():
        if issubclass(model, Page) and model.template in known:
            found[model.template].add(str(Path(*model.__module__.split(".")).with_suffix(".py")))
    for path in tree.of(".py"):
        if path.parts[0] in ("coalition", "cms", "tasks"):
            quoted = set(_QUOTED.findall(tree.text(path)))
            for name in known & quoted:
                found[name].add(str(path))
            for name in known & {f"mail/{word}{suffix}" for word in quoted for suffix in (".html", ".txt")}:
                found[name].add("its kind of letter")
    for template in TEMPLATES:
        for name in known & set(_NAMED_IN_TEMPLATE.findall(tree.text("templates" / template))):
            same_folder = Path(name).parent == template.parent
            found[name].add(f"templates/{template.parent}" if same_folder else f"templates/{template}")
    return found


def test_every_template_is_opened_from_one_place():
    found = openers()

    own = [str(name) for name in TEMPLATES if not is_shared(name) and not is_opened_by_others(name)]
    assert {name: sorted(found[name]) for name in own if len(found[name]) != 1} == {}


def test_every_shared_template_is_used():
    found = openers()

    shared = [name for name in TEMPLATES if is_shared(name) and not is_opened_by_others(name)]
    assert [str(name) for name in shared if not found[str(name)]] == []


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
