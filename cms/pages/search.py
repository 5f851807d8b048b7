"""Where a reader finds what stands on public pages: one question, and the answers kind by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page as PartOfList
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms.pages.producers.scope import everywhere
from coalition.base.dates import local_day
from coalition.producers import queries as producers
from coalition.search.excerpts import Piece, excerpt, pieces
from coalition.search.models import SearchDocument
from coalition.search.queries import Found, as_known, documents, search
from coalition.territory.queries import Match, find
from coalition.territory.rules import fold

LONGEST = 100
AT_FIRST, PER_PAGE = 5, 20
MOST_MUNICIPALITIES = MOST_PRODUCERS = 100
Kind = SearchDocument.Kind
# Producers are records, not pages: they are looked up where they stand, as municipalities are.
PRODUCER = "producer"
# In the order in which readers see them: the word in the address, the heading, and the way to the rest.
KINDS = {
    Kind.COALITION: ("coalities", _("Coalitions"), _("More coalitions")),
    Kind.MUNICIPALITY: ("gemeenten", _("Municipalities"), _("More municipalities")),
    PRODUCER: ("producenten", _("Producers"), _("More producers")),
    Kind.NEWS: ("nieuws", _("News"), _("More news")),
    Kind.PAGE: ("paginas", _("Pages"), _("More pages")),
}


@dataclass(frozen=True)
class Answer:
    """One line of the answers; what was found is marked in `title` and `excerpt`."""

    title: SafeString
    url: str
    language: str
    coalition: str = ""
    day: datetime | None = None
    note: str = ""
    excerpt: SafeString | str = ""


@dataclass(frozen=True)
class Grower:
    """A producer whom readers may see, the address of his page, and where he is."""

    name: str
    url: str
    place: str
    offer: str


@dataclass(frozen=True)
class Section:
    """The answers of one kind: how many there are, and those that are shown."""

    word: str
    heading: str | Promise
    more: str | Promise
    total: int
    answers: Sequence[Answer]
    more_url: str
    part: PartOfList


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The question and its answers; asking changes nothing and leaves nothing behind."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST].strip()
    asked = "".join(letter for letter in asked if letter.isprintable())
    kinds = {words[0]: kind for kind, words in KINDS.items()}
    only = kinds.get(request.GET.get("soort", ""))
    context = {"asked": asked, "chosen": only}
    if asked:
        context |= _answers(asked, only, request.GET.get("p"))
    return render(request, "cms/search.html", context)


def _answers(asked: str, only: str | None, number: str | None) -> dict:
    """What is found, in eight queries however much there is; a few more where no municipality has that very name."""
    found = search(asked, language=get_language())
    sought, matches = _municipalities(asked)
    lists = _lists(found, matches) | {PRODUCER: _producers(asked)}
    parts = {
        kind: Paginator(lists[kind], PER_PAGE if only else AT_FIRST).get_page(number if only else 1)
        for kind in KINDS
        if lists[kind] and only in (None, kind)
    }
    shown = [thing for part in parts.values() for thing in part]
    known = documents(
        [t for t in shown if isinstance(t, int)], about=[t.municipality.nis for t in shown if isinstance(t, Match)]
    )
    told = _Telling(found, known)
    sections = [_section(kind, part, told, asked, len(lists[kind])) for kind, part in parts.items()]
    meant = found.meant or (sought if matches and sought != fold(asked) else None)
    return {
        "sections": sections,
        "total": sum(len(things) for kind, things in lists.items() if only in (None, kind)),
        "meant": meant,
        "meant_url": _address(q=meant),
        "everything_url": _address(q=asked),
    }


def _municipalities(asked: str) -> tuple[str, list[Match]]:
    """The municipalities that are meant, and the name by which they were found: one typing error is forgiven."""
    day = local_day(timezone.now())
    matches = find(asked, day, limit=MOST_MUNICIPALITIES)
    sought = asked if matches else as_known(asked)
    if fold(sought) != fold(asked):
        matches = find(sought, day, limit=MOST_MUNICIPALITIES)
    return fold(sought), matches


def _producers(asked: str) -> list[Grower]:
    """The producers who have these words in their name, village or offer, by name.

    One query where nobody has; else one more, while nobody remembers where the directories are.
    """
    day = local_day(timezone.now())
    rows = list(producers.listed_saying(fold(asked).split(), day)[:MOST_PRODUCERS])
    directories = everywhere().directories if rows else {}
    told = {row.producer_id: row for row in reversed(rows) if row.coalition_id in directories}
    return [
        Grower(row.producer.name, f"{directories[row.coalition_id]}{row.producer.slug}/", row.producer.place,
               row.producer.offer_text)
        for row in reversed(told.values())
    ]  # fmt: skip


def _lists(found: Found, matches: Sequence[Match]) -> dict[str, list]:
    """Per kind what answers, as a document's key or a municipality; a municipality's own corner is not told twice."""
    named = {match.municipality.nis for match in matches}
    lists: dict[str, list] = {
        kind: [pk for pk, subject in found.answers.get(kind, ()) if subject not in named] for kind in KINDS
    }
    lists[Kind.MUNICIPALITY] = [*matches, *lists[Kind.MUNICIPALITY]]
    return lists


def _section(kind: str, part: PartOfList, told: "_Telling", asked: str, total: int) -> Section:
    word, heading, more = KINDS[kind]
    answers = [told.of(thing) for thing in part]
    more_url = _address(q=asked, soort=word)
    return Section(word, heading, more, total, [answer for answer in answers if answer], more_url, part)


class _Telling:
    """How a thing that was found is told of."""

    def __init__(self, found: Found, known: dict[int, SearchDocument]) -> None:
        self.words = found.words
        self.known = known
        self.corners = {row.subject: row for row in known.values() if row.subject}

    def of(self, thing: "int | Match | Grower") -> Answer | None:
        if isinstance(thing, Grower):
            return self.producer(thing)
        return self.document(thing) if isinstance(thing, int) else self.municipality(thing)

    def producer(self, grower: Grower) -> Answer:
        """What producers write is Dutch."""
        title = _marked(pieces(grower.name, self.words))
        return Answer(title, grower.url, "nl", note=grower.place, excerpt=_marked(excerpt(grower.offer, self.words)))

    def document(self, pk: int) -> Answer | None:
        """None for what was withdrawn while we were looking."""
        row = self.known.get(pk)
        if row is None:
            return None
        return Answer(
            title=_marked(pieces(row.title, self.words)),
            url=row.url,
            language=row.language,
            coalition=row.coalition.name if row.coalition and row.kind != Kind.COALITION else "",
            day=row.published_at if row.kind == Kind.NEWS else None,
            excerpt=self._excerpt(row),
        )

    def municipality(self, match: Match) -> Answer:
        name, corner = match.municipality.name, self.corners.get(match.municipality.nis)
        return Answer(
            title=_marked(pieces(name, self.words)),
            url=corner.url if corner else f"{reverse('municipality_finder')}?{urlencode({'q': name})}",
            language=get_language() or "",
            note=match.note,
            excerpt=self._excerpt(corner) if corner else "",
        )

    def _excerpt(self, row: SearchDocument) -> SafeString:
        whole = "\n".join(part for part in (row.lead, row.text) if part)
        return _marked(excerpt(whole, self.words))


def _marked(parts: Sequence[Piece]) -> SafeString:
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in parts))


def _address(**words: str | None) -> str:
    return f"{reverse('search')}?{urlencode({name: word for name, word in words.items() if word})}"
