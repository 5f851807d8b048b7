"""The files of the project, as whoever keeps the house looks at them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed, relative to the project."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(sorted(Path(name) for name in names if name and (ROOT / name).is_file()))


def of(*suffixes: str, under: str = "") -> list[Path]:
    """The files with one of these suffixes, below the folder `under`."""
    return [path for path in files() if path.suffix in suffixes and path.is_relative_to(under)]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
