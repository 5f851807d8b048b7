"""The press with a small template of its own."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as house

from coalition.press import typeset


@pytest.fixture
def fonts() -> None:
    if not (house.PRINT_FONTS / "literata").is_dir():
        pytest.skip("node_modules is absent: no fonts to print with")


@pytest.fixture
def trial(monkeypatch, fonts) -> str:
    """The name of a template that prints a title and stories."""
    monkeypatch.setattr(typeset, "TEMPLATES", Path(__file__).parent / "typ")
    return "trial"


@pytest.fixture
def program(tmp_path) -> Callable[..., str]:
    """Run a program on a PDF; the test is skipped where the program is not installed."""

    def run(name: str, *options: str, pdf: bytes) -> str:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
        path = tmp_path / "sheet.pdf"
        path.write_bytes(pdf)
        done = subprocess.run([name, *options, str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
