"""The compositor: a process of its own that sets one document in type and goes home; it knows nothing of the house.

Started by `coalition.press.typeset` with the job as JSON on standard input; the PDF leaves by standard output, and
what is wrong by standard error with exit status 1. Memory, time and open files are limited before anything is read.
"""

import json
import resource
import sys

MEMORY = 1_500_000_000
SECONDS = 20
OPEN_FILES = 64


def limit() -> None:
    """Take away what a hostile document could use; only Linux counts the address space."""
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def compose(job: dict) -> bytes:
    """The PDF/UA-1 of `job`: root (the jail), inputs (texts by name), fonts (folders), made_at (UNIX seconds).

    No fonts of the machine, no packages, nothing outside the jail. Raises typst.TypstError.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=job["fonts"])
    return typst.compile(
        f"{job['root']}/main.typ",
        root=job["root"],
        font_paths=fonts,
        package_path=job["root"],
        package_cache_path=job["root"],
        sys_inputs=job["inputs"],
        pdf_standards=["ua-1"],
        timestamp=job["made_at"],
    )


def main() -> int:
    limit()
    job = json.load(sys.stdin.buffer)
    try:
        pdf = compose(job)
    except Exception as error:  # noqa: BLE001  whatever it is, the one who waits must be told
        sys.stderr.write(str(getattr(error, "diagnostic", "") or error)[:4000])
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
