import pytest

from coalition.press.codes import qr_svg


def test_a_code_is_a_square_drawing_without_anything_fetched():
    svg = qr_svg("https://example.be/producenten/hoeve-ei/", colour="#1f2a24")

    assert svg.startswith("<svg ")
    assert 'viewBox="0 0 ' in svg
    assert "#1f2a24" in svg
    assert "href" not in svg
    assert svg == qr_svg("https://example.be/producenten/hoeve-ei/", colour="#1f2a24")


@pytest.mark.parametrize(("url", "colour"), [("https://example.be", 'red" onload="x'), ("x" * 2001, "#000000")])
def test_what_cannot_be_a_code_is_an_error(url, colour):
    with pytest.raises(ValueError, match="no code"):
        qr_svg(url, colour=colour)
