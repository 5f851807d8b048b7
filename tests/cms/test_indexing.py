import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.rich_text import RichText

from cms.corners import open_corner
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.standard import StandardPage
from coalition.search.models import SearchDocument, SearchKey, SearchWord
from coalition.search.queries import search
from tests.factories import MunicipalityFactory
from tests.factories.pages import make_space, publish_news
from tests.factories.search import keep_page, whole_index

pytestmark = pytest.mark.django_db

# A word that stands nowhere but on the page under test.
RARE = "zeldzaam"


@pytest.fixture
def space():
    return make_space("pajotse-velden")


@pytest.fixture
def news(space):
    news = publish_news(space, title=f"Nieuws {RARE}", lead="Kort.", body=[("text", RichText("<p>Over kaas.</p>"))])
    # What would leak is there to begin with.
    assert urls(RARE) == [f"/pajotse-velden/nieuws/nieuws-{RARE}/"]
    return news


def urls(text: str) -> list[str]:
    found = SearchDocument.objects.in_bulk(search(text, language="nl").in_order)
    return [found[pk].url for pk in search(text, language="nl").in_order]


def index_of(space) -> NewsIndexPage:
    return NewsIndexPage.objects.child_of(space).get()


def no_trace_of(word: str) -> bool:
    return not SearchWord.objects.filter(text=word).exists() and not SearchKey.objects.filter(key=word).exists()


def test_title_lead_and_text_of_a_page_are_found(space):
    page = StandardPage(
        title="Over ons",
        lead="Wie we zijn.",
        body=[
            ("text", RichText("<h2>Samen</h2><p>Zes <b>gemeenten</b></p>")),
            ("quote", {"quote": "Eén telefoontje", "source": "Fruitteler"}),
        ],
    )
    space.add_child(instance=page)
    page.save_revision().publish()

    for words in ("over ons", "wie zijn", "samen zes gemeenten", "telefoontje", "fruitteler"):
        assert "/pajotse-velden/over-ons/" in urls(words), words


def test_pages_know_their_kind_coalition_and_language(space, news):
    open_corner(MunicipalityFactory(name_nl="Lennik", nis="23104"))

    rows = SearchDocument.objects.values_list("url", "kind", "coalition__slug", "subject", "language")
    assert set(rows) >= {
        ("/", "page", None, "", "nl"),
        ("/pajotse-velden/", "coalition", "pajotse-velden", "", "nl"),
        ("/pajotse-velden/nieuws/", "page", "pajotse-velden", "", "nl"),
        (f"/pajotse-velden/nieuws/nieuws-{RARE}/", "news", "pajotse-velden", "", "nl"),
        ("/gemeenten/lennik/", "municipality", None, "23104", "nl"),
    }


def test_a_draft_is_not_found_and_neither_is_a_change_that_is_not_published(space, news):
    news.title = "Nieuws geheim"
    news.save_revision()
    index_of(space).add_child(instance=NewsPage(title="Concept", lead="Geheim.", live=False))

    assert urls("geheim") == []
    assert len(urls(RARE)) == 1


def test_a_published_change_is_found_and_what_it_replaced_is_not(news):
    news.title = "Nieuws gewoon"
    news.save_revision().publish()

    assert urls(RARE) == []
    assert no_trace_of(RARE)
    assert len(urls("gewoon")) == 1


def test_a_withdrawn_page_vanishes_and_comes_back(news):
    news.unpublish()
    assert urls(RARE) == []
    assert no_trace_of(RARE)

    news.save_revision().publish()
    assert len(urls(RARE)) == 1


def test_what_stands_below_a_withdrawn_page_vanishes_and_comes_back(space, news):
    index = index_of(space)

    index.unpublish()
    assert urls(RARE) == []
    index.save_revision().publish()
    assert len(urls(RARE)) == 1


@pytest.mark.parametrize("how", ["itself", "with all above it"])
def test_a_deleted_page_vanishes(space, news, how):
    (news if how == "itself" else Page.objects.get(pk=index_of(space).pk)).delete()

    assert urls(RARE) == []
    assert no_trace_of(RARE)


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS])
@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_page_made_private_here_or_above_vanishes_until_it_is_public_again(space, news, kind, above):
    page = [news, index_of(space), space][above]

    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x" * 8)
    assert urls(RARE) == []
    assert no_trace_of(RARE)
    restriction.delete()
    assert len(urls(RARE)) == 1


def test_a_page_published_in_a_closed_place_is_never_found(space):
    members = space.get_children().get(slug="leden")
    page = StandardPage(title="Verslag vertrouwelijk")
    members.add_child(instance=page)
    page.save_revision().publish()

    assert urls("vertrouwelijk") == []
    assert no_trace_of("vertrouwelijk")


def test_a_page_moved_to_a_closed_place_vanishes_and_moved_back_is_found_there(space):
    page = StandardPage(title=f"Pagina {RARE}", slug="pagina")
    space.add_child(instance=page)
    page.save_revision().publish()
    assert urls(RARE) == ["/pajotse-velden/pagina/"]

    page.move(space.get_children().get(slug="leden"), pos="last-child")
    assert urls(RARE) == []
    Page.objects.get(pk=page.pk).specific.move(Page.objects.get(pk=space.pk), pos="last-child")
    assert urls(RARE) == ["/pajotse-velden/pagina/"]


def test_a_new_address_above_is_the_new_address_of_what_is_found(space, news):
    index = index_of(space)
    index.slug = "berichten"
    index.save_revision().publish()

    assert urls(RARE) == [f"/pajotse-velden/berichten/nieuws-{RARE}/"]


def test_a_page_moved_to_another_coalition_belongs_to_that_one(space, news):
    other = make_space("scheldemeersen")

    news.move(index_of(other), pos="last-child")

    assert SearchDocument.objects.get(number=news.pk).coalition.slug == "scheldemeersen"


def test_a_copy_that_is_live_at_once_is_found_too(space, news):
    news.copy(update_attrs={"slug": "kopie", "title": f"Kopie {RARE}"}, keep_live=True)

    assert len(urls(RARE)) == 2


def test_a_translation_stands_under_its_own_language(space):
    french = Locale.objects.get_or_create(language_code="fr")[0]
    home = Page.objects.get(pk=space.get_parent().pk).specific
    translated = home.copy_for_translation(french)
    translated.title = "Coalitions alimentaires"
    translated.save_revision().publish()

    row = SearchDocument.objects.get(title="Coalitions alimentaires")
    assert (row.language, row.url) == ("fr", "/fr/")


def test_rebuilding_gives_exactly_what_the_receivers_gave(space, news):
    _live_a_little(space, news)
    kept = whole_index()
    assert len(kept["documents"]) > 8

    call_command("rebuild_search_index", verbosity=0)
    assert whole_index() == kept

    for model in (SearchDocument, SearchWord):
        model.objects.all().delete()
    call_command("rebuild_search_index", verbosity=0)
    assert whole_index() == kept


def test_rebuilding_takes_out_what_should_not_be_there(news, capsys):
    keep_page(999_999, "Van nergens", text=RARE)
    SearchDocument.objects.filter(number=news.pk).update(title="Fout")
    NewsPage.objects.filter(pk=news.pk).update(live=False)

    call_command("rebuild_search_index")

    assert urls(RARE) == []
    assert no_trace_of(RARE)
    assert "4 pages in the index, 1 taken out" in capsys.readouterr().out


def _live_a_little(space, news) -> None:
    """Everything that can happen to a page, so that the index has a past."""
    other = make_space("scheldemeersen")
    moved = publish_news(space, title="Verhuisd bericht", lead="Over peren.")
    moved.move(index_of(other), pos="last-child")
    publish_news(space, title="Weg ermee", lead="Tijdelijk.").delete()
    publish_news(space, title="Ingetrokken", lead="Even niet.").unpublish()
    news.title = "Nieuws met een andere titel"
    news.save_revision().publish()
    closed = StandardPage(title="Gesloten afdeling")
    space.add_child(instance=closed)
    closed.save_revision().publish()
    below = StandardPage(title="Daaronder", lead="Ook gesloten.")
    closed.add_child(instance=below)
    below.save_revision().publish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    open_corner(MunicipalityFactory(name_nl="Lennik", nis="23104"))
    index = index_of(other)
    index.slug = "berichten"
    index.save_revision().publish()
