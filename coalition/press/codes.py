"""Square codes (QR) that lead from paper to the living page."""

import io

import segno

from coalition.base.tokens import COLOUR


def qr_svg(url: str, *, colour: str = "#000000") -> str:
    """The code for an address as one SVG element with the four white modules around it that scanners need.

    Level M: a seventh of it may be torn or stained. Raises ValueError for no colour, or an address over 2,000 signs.
    """
    if not COLOUR.fullmatch(colour) or len(url) > 2000:
        raise ValueError("no code can be drawn of this")
    paper = io.BytesIO()
    # To weigh all eight masks would take longer than to set a page in type; scanners read every one of them.
    code = segno.make(url, error="m", micro=False, boost_error=False, mask=0)
    code.save(paper, kind="svg", xmldecl=False, border=4, dark=colour, light="#ffffff", omitsize=True, svgclass=None)
    return paper.getvalue().decode()
