import pytest

from cms.blocks.films import film_at

KEY = "abcdefghijk"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={KEY}",
        f"https://m.youtube.com/watch?v={KEY}&t=12s",
        f"https://youtu.be/{KEY}?si=volgmij",
        f"https://www.youtube.com/shorts/{KEY}",
        f"https://www.youtube-nocookie.com/embed/{KEY}?autoplay=1",
        f" http://youtube.com/live/{KEY} ",
    ],
)
def test_however_a_film_on_youtube_is_pasted_the_same_frame_comes_out(url):
    film = film_at(url)

    assert film.address == f"https://www.youtube.com/watch?v={KEY}"
    assert film.frame == f"https://www.youtube-nocookie.com/embed/{KEY}?rel=0"


def test_vimeo_keeps_the_key_of_an_unlisted_film_and_is_asked_not_to_track():
    for url in ("https://vimeo.com/123456789/abcdef1234", "https://player.vimeo.com/video/123456789?h=abcdef1234"):
        film = film_at(url)
        assert film.frame == "https://player.vimeo.com/video/123456789?dnt=1&h=abcdef1234"
        assert film.address == "https://vimeo.com/123456789/abcdef1234"


def test_peertube_only_where_the_administrator_named_the_server(settings):
    url = "https://film.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv"
    assert film_at(url) is None

    settings.PEERTUBE_HOSTS = ["film.example.org"]

    assert film_at(url).frame == "https://film.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?p2p=0"


@pytest.mark.parametrize(
    "url",
    [
        "", "geen adres", "https://[", "https://example.org/watch?v=abcdefghijk", "https://youtube.com/",
        "https://youtube.com.example.org/watch?v=abcdefghijk", "https://example.org/youtube.com/watch?v=abcdefghijk",
        "javascript://youtube.com/watch?v=abcdefghijk", "https://youtube.com/watch?v=abc", "https://youtu.be/",
        "https://youtube.com/watch?v=%22%3E%3Cscript", "https://vimeo.com/channels/staffpicks", "https://youtube.com@example.org/watch?v=abcdefghijk",
    ],
)  # fmt: skip
def test_what_is_no_film_of_a_known_service_is_none(url):
    assert film_at(url) is None
