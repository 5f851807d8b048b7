"""Pages laid out for folding: two A5 pages side by side on A4, in the order in which a stapled booklet is printed.

The result is for the printer, not for the screen: it is not tagged, for its order is not the order of reading. The
reading edition is.
"""

import io

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, IndirectObject, NameObject, StreamObject

A4_LANDSCAPE = (841.89, 595.276)


def order(pages: int) -> list[tuple[int | None, int | None]]:
    """For every side of paper the page on the left and on the right, counted from 0; None is a blank.

    Sides come in pairs, front and back, to be printed on both sides and turned over the short edge.
    """
    full = -(-max(pages, 1) // 4) * 4
    sides = []
    for sheet in range(full // 4):
        low, high = 2 * sheet, full - 1 - 2 * sheet
        sides += [(high, low), (low + 1, high - 1)]
    return [tuple(page if page < pages else None for page in side) for side in sides]


def booklet(pdf: bytes) -> bytes:
    """The A5 pages of `pdf` on A4 sheets; title, author and language are kept."""
    reader, writer = PdfReader(io.BytesIO(pdf)), PdfWriter()
    leaves = [_leaf(page, writer) for page in reader.pages]
    for left, right in order(len(leaves)):
        _lay(writer, left=None if left is None else leaves[left], right=None if right is None else leaves[right])
    writer.add_metadata({name: value for name, value in (reader.metadata or {}).items() if isinstance(value, str)})
    catalogue = reader.trailer["/Root"]
    for name in ("/Lang", "/ViewerPreferences"):
        if name in catalogue:
            writer.root_object[NameObject(name)] = catalogue[name].clone(writer)
    paper = io.BytesIO()
    writer.write(paper)
    return paper.getvalue()


def _leaf(page: PageObject, writer: PdfWriter) -> IndirectObject:
    """A page as one drawing that other pages may show; links stay behind, they would lead to unfolded pages."""
    leaf = StreamObject()
    contents = page.get_contents()
    leaf.set_data(contents.get_data() if contents is not None else b"")
    leaf = leaf.flate_encode()
    leaf.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(side) for side in page.mediabox]),
            NameObject("/Resources"): page["/Resources"].clone(writer),
        }
    )
    return writer._add_object(leaf)


def _lay(writer: PdfWriter, **leaves: IndirectObject | None) -> None:
    """One side of paper with a leaf on the left and one on the right."""
    side = writer.add_blank_page(*A4_LANDSCAPE)
    shown = {f"/{where}": leaf for where, leaf in leaves.items() if leaf is not None}
    at = {"/left": 0, "/right": A4_LANDSCAPE[0] / 2}
    drawing = StreamObject()
    drawing.set_data(b"\n".join(b"q 1 0 0 1 %.3f 0 cm %s Do Q" % (at[name], name.encode()) for name in shown))
    xobjects = DictionaryObject({NameObject(name): leaf for name, leaf in shown.items()})
    side[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): xobjects})
    side[NameObject("/Contents")] = writer._add_object(drawing)


def count(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
