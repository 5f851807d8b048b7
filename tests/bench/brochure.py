"""The joint brochure of 12, 60 and 300 producers: seconds to set it in type, beside WeasyPrint where that is installed.

Photos are ready before the clock starts: how long they take is a matter of how large they were.
"""

import base64
import html
import io
import logging
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PIL import Image

SIZES = (12, 60, 300)
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TIMES = 3
FIVE_TIMES = 5
STORY = (
    "Wij zaaien, planten en oogsten op elf hectare tussen de Zenne en de Dender. In de winkel ligt wat die ochtend van "
    "het veld kwam; wat op is, is op. Op zaterdag mag je mee het veld op: breng laarzen mee, en een mand. "
)


def run() -> dict:
    """One row for each size; a failure where WeasyPrint is there and not at least five times slower."""
    rival, reason = _rival()
    rows = [_row(many, rival) for many in SIZES]
    slow = [row for row in rows if rival and row["times faster"] < FIVE_TIMES]
    return {
        "title": f"Joint brochure on A4 with photos and codes to scan, best of {TIMES}",
        "rows": rows,
        "notes": ["promise: 300 producers set under 1 s on a machine at rest"] + ([reason] if reason else []),
        "failures": [f"{row['producers']} producers: {row['times faster']:.1f} times" for row in slow],
    }


def _row(many: int, rival: Any) -> dict:
    from coalition.press import codes, imposition, typeset

    facts, photos = _facts(many), {f"p{number}.jpg": _photo(number) for number in range(1, 13)}
    paper = {**facts, "paper": "a4", "pictures": sorted(photos)}
    made, coded = [], []

    def draw() -> None:
        coded.append({url: codes.qr_svg(url) for url in facts["codes"]})

    def set_() -> None:
        made.append(typeset.typeset("brochure", {**paper, "codes": coded[-1]}, pictures=photos, made_at=AT))

    draw()
    row = {
        "producers": many,
        "set s": _best(time.perf_counter, set_),
        "codes, processor s": _best(_own, draw),
        "set, processor s": _best(_childrens, set_),
        "pages": imposition.count(made[-1].pdf),
        "kB": len(made[-1].pdf) // 1000,
    }
    if rival:
        spent = _best(
            _own, lambda: rival.HTML(string=_page(facts, photos, coded[-1])).write_pdf(pdf_variant="pdf/ua-1"), times=1
        )
        row["WeasyPrint, processor s"] = spent
        row["times faster"] = spent / row["set, processor s"]
    return row


def _best(clock: Callable[[], float], deed: Callable[[], None], times: int = TIMES) -> float:
    spent = []
    for _ in range(times):
        start = clock()
        deed()
        spent.append(clock() - start)
    return min(spent)


def _own() -> float:
    """Seconds of processor that this process used, whatever else the machine does."""
    return time.process_time()


def _childrens() -> float:
    """Seconds of processor that the compositor used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _facts(many: int) -> dict:
    from coalition.brochures import paper
    from coalition.brochures.contents import Picture
    from tests.factories.brochures import brochure, producer

    picture = Picture(file="ready", alt="De hoeve in de zomer")
    all_of_them = [producer(number, story=STORY, picture=picture) for number in range(1, many + 1)]
    facts = paper.facts(brochure(producers=tuple(all_of_them)), form="a4")
    for one in facts["producers"]:
        one["photo_file"] = f"p{one['number'] % 12 + 1}.jpg"
    return facts


def _photo(number: int) -> bytes:
    paper = io.BytesIO()
    Image.effect_mandelbrot((543, 407), (-2 + number / 10, -1.2, 1, 1.2), 60).convert("RGB").save(paper, "JPEG")
    return paper.getvalue()


def _rival() -> tuple[Any, str]:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        return None, f"WeasyPrint skipped: {type(error).__name__} ({str(error).splitlines()[0][:80]})"
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint, ""


def _page(facts: dict, photos: dict[str, bytes], codes: dict[str, str]) -> str:
    """The same brochure, without cover and map, as a page for WeasyPrint: the same fonts, contents and calendar."""
    sources = {name: f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}" for name, photo in photos.items()}
    drawn = {url: f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" for url, svg in codes.items()}
    contents = "".join(f"<li><a href='#p{one['number']}'>{html.escape(one['name'])}</a>" for one in facts["producers"])
    crops = "".join(
        f"<tr><th>{html.escape(row['name'])}" + "".join(f"<td>{state[:1]}" for state in row["months"])
        for row in facts["calendar"]
    )
    cards = "".join(_card(one, sources[one["photo_file"]], drawn[one["url"]]) for one in facts["producers"])
    return (
        f"<html lang='nl'><title>{html.escape(facts['title'])}</title><style>{_style()}</style>"
        f"<h1>{html.escape(facts['title'])}</h1><ol>{contents}</ol><table>{crops}</table>{cards}</html>"
    )


def _card(one: dict, photo: str, code: str) -> str:
    facts = (*one["hours"], *one["channels"], *(line["text"] for line in one["contact"]), *one["labels"])
    return (
        f"<article id=p{one['number']}><h3>{one['number']} {html.escape(one['name'])}</h3>"
        f"<p>{html.escape(one['where'])}"
        f"<img alt='Hoeve' src='{photo}'><img alt='Code' class=code src='{code}'>"
        f"<p>{html.escape(', '.join(one['products']))}<ul>{''.join(f'<li>{html.escape(fact)}' for fact in facts)}</ul>"
        f"<p>{html.escape(' '.join(one['opening'] + one['rest']))}</article>"
    )


def _style() -> str:
    from coalition.press import glyphs

    faces = "".join(
        f"@font-face{{font-family:{family};font-weight:{weight};src:url({file.as_uri()})}}"
        for family, weight, folder in (("s", 400, 4), ("s", 600, 6), ("l", 600, 2))
        for file in glyphs.faces()[folder].glob("*.ttf")
    )
    return (
        f"{faces}@page{{size:A4;margin:20mm 18mm;@bottom-right{{content:counter(page)}}}}"
        "body{font:9.75pt s;hyphens:auto}h1,h3{font-family:l;font-weight:600}"
        "li a::after{content:target-counter(attr(href),page)}"
        "article{break-inside:avoid;margin-bottom:9mm;clear:both}img{float:right;clear:right;width:46mm}.code{width:17mm}"
    )
