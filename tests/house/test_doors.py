"""Doors that only one room may use, where the linter knows no exceptions: receivers, and the web in the post office."""

import ast
from pathlib import Path

import pytest

from tests.house import tree

RECEIVERS = Path("cms/receivers.py")
POST_OFFICE = Path("coalition/mail")
SENDERS_OF_SIGNALS = ("django", "wagtail", "allauth", "modelcluster")
THE_WEB = ("django.http", "django.shortcuts")


def imported(source: str) -> set[str]:
    """Every module or name that a source text imports, dotted."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def strays(path: Path, source: str) -> list[str]:
    """What the file at `path` imports although another room alone may."""
    names = imported(source)
    found = []
    if path != RECEIVERS:
        found += [name for name in names if name.startswith("django.dispatch")]
        found += [n for n in names if n.split(".")[0] in SENDERS_OF_SIGNALS and "signals" in n.split(".")]
    if path.is_relative_to(POST_OFFICE):
        found += [name for name in names if name.startswith(THE_WEB)]
    return sorted(found)


def test_nobody_uses_a_door_of_another_room():
    code = [path for floor in ("coalition", "cms", "tasks") for path in tree.of(".py", under=floor)]

    assert {str(path): found for path in code if (found := strays(path, tree.text(path)))} == {}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cms/pages/news.py", "from django.db.models.signals import post_save"),
        ("cms/apps.py", "from wagtail.signals import page_published"),
        ("cms/members/digests.py", "from wagtail import signals"),
        ("tasks/apps.py", "from django.dispatch import receiver"),
        ("coalition/mail/actions.py", "from django.shortcuts import render"),
        ("coalition/mail/actions.py", "import django.http"),
    ],
)
def test_a_stray_import_is_found(path, source):
    assert strays(Path(path), source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cms/receivers.py", "from wagtail.signals import page_published\nfrom django.dispatch import receiver"),
        ("coalition/mail/actions.py", "from django.core.mail import EmailMultiAlternatives"),
        ("cms/pages/news.py", "from django.http import HttpRequest"),
    ],
)
def test_a_room_may_use_its_own_door(path, source):
    assert strays(Path(path), source) == []
