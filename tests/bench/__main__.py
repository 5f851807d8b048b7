"""`make bench`: every measurement in this folder, as one table per module and as var/bench.json.

A measurement is a module with `run() -> dict`: {"title": ..., "rows": [{"what": ..., "queries": 3, ...}, ...]};
"notes" (a list of sentences) and "failures" (promises that were not kept) may be added.
"""

import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """Every measurement, in a fixed order."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as text: numbers to the right, a column for every key that any row has."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_shown(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(line[index]) for line in [columns, *cells]) for index in range(len(columns))]
    right = [all(isinstance(row.get(column), int | float | None) for row in rows) for column in columns]
    lines = [columns, ["-" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def machine() -> dict[str, Any]:
    return {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}


def main(chosen: list[str]) -> int:
    """Run the measurements (all, or the named ones); 1 when a promise was not kept or a name is unknown."""
    unknown = set(chosen) - set(names())
    if unknown:
        print(f"no measurement called {', '.join(sorted(unknown))}; there are: {', '.join(names())}", file=sys.stderr)
        return 1
    results, failures = {}, []
    for name in chosen or names():
        result = import_module(f"tests.bench.{name}").run()
        results[name] = result
        failures += [f"{name}: {failure}" for failure in result.get("failures", [])]
        print(f"\n{result.get('title', name)}\n{table(result['rows'])}")
        for note in result.get("notes", []):
            print(f"  {note}")
    write({"machine": machine(), "measurements": results})
    for failure in failures:
        print(f"NOT KEPT  {failure}", file=sys.stderr)
    return 1 if failures else 0


def write(results: dict[str, Any]) -> None:
    from django.conf import settings

    path = settings.VAR_DIR / "bench.json"
    path.write_text(json.dumps(results, indent=1, default=str) + "\n", encoding="utf-8")
    print(f"\nwritten: {path}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.test")
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
