"""What a body has chosen comes from one look-up for all its blocks, and is the same as when each block asks itself."""

import re

import pytest
from wagtail.rich_text import RichText

from cms.blocks import BodyBlock
from tests.cms.blocks.bodies import body, html_of, paper, picture, shown
from tests.factories.languages import make_bilingual_space, write_in_french, write_text
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


def link(page, words: str = "Lees verder") -> str:
    return f'<p><a linktype="page" id="{page if isinstance(page, int) else page.pk}">{words}</a></p>'


def hrefs(html: str) -> list[str]:
    return re.findall(r"<a(?: href=\"([^\"]*)\")?>", html)


@pytest.mark.parametrize("alone", [True, False], ids=["a text that stands alone", "a text in a body"])
def test_a_link_leads_to_the_page_in_the_language_of_the_visit_where_it_is_published(alone, settings):
    from django.utils.translation import override

    space = make_bilingual_space()
    both, dutch_only = write_text(space, title="Beide"), write_text(space, title="Enkel")
    french, draft = write_in_french(both, title="Deux"), write_in_french(dutch_only, title="Un", live=False)

    for language, expected in (("fr", [french.url, dutch_only.url]), ("nl", [both.url, dutch_only.url])):
        with override(language):
            source = link(both) + link(dutch_only)
            html = str(RichText(source)) if alone else html_of(("text", source))
            assert hrefs(html) == expected
            assert draft.url not in html


def test_links_that_lead_nowhere_stay_words():
    space = make_space()
    gone = publish_news(space)
    key = gone.pk
    gone.delete()

    html = html_of(("text", link(key) + '<a linktype="page" id="x">Y</a><a linktype="document" id="99999">Z</a>'))

    assert hrefs(html) == ["", "", ""]


def test_a_document_is_found_by_link_and_by_block():
    file = paper("Reglement")

    html = html_of(
        ("text", f'<p><a linktype="document" id="{file.pk}">Het reglement</a></p>'),
        ("document", {"document": file.pk, "title": "", "summary": "De regels."}),
    )

    assert html.count(f'href="{file.url}"') == 2


def test_each_block_has_a_picture_of_its_own_with_its_own_words():
    image = picture()

    html = html_of(("image", shown(image, alt="Een veld")), ("image", shown(image, alt="Een akker")))

    assert re.findall(r'alt="([^"]+)"', html) == ["Een veld", "Een akker"]
    again = html_of(("image", shown(image, alt="Een veld")), ("image", shown(image, alt="Een akker")))
    assert again == html, "also once its sizes are known"


def test_what_is_gone_is_not_shown():
    image, file = picture(), paper()
    content = (("image", shown(image)), ("document", {"document": file.pk, "title": "", "summary": "Weg."}))
    image.delete()
    file.delete()

    html = html_of(*content)

    assert "<img" not in html
    assert "Weg." not in html


def test_a_body_that_was_just_typed_is_shown_like_one_that_was_kept():
    news = publish_news(make_space())
    kept = body(
        ("text", link(news)),
        ("image", shown(picture())),
        ("action", {"text": "", "label": "Ga", "page": news.pk, "url": ""}),
    )
    typed = BodyBlock().to_python(kept.get_prep_value())
    for child in typed:
        assert child.value is not None

    assert str(typed.stream_block.render(typed)) == str(kept.stream_block.render(kept))


def test_a_body_inside_another_leaves_the_outer_one_what_it_had():
    news = publish_news(make_space())
    outer = body(("text", link(news)))

    inner = html_of(("text", "<p>Niets.</p>"))

    assert "Niets." in inner
    assert news.url in str(outer.stream_block.render(outer))


def test_every_part_of_a_list_may_be_kept_in_the_old_bare_way():
    news = publish_news(make_space())

    html = html_of(
        (
            "related",
            {
                "heading": "Lees ook",
                "pages": [{"type": "item", "id": "a", "value": news.pk}],
                "below": None,
                "number": 3,
            },
        )
    )

    assert news.url in html
