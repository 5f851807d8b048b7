"""Keeping the index true: a page is written down, or taken out with every word that stood nowhere else.

These follow from deeds that are remembered where they are done (`cms/receivers.py`), so they leave no entry themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from coalition.search.models import SearchDocument, SearchKey, SearchOccurrence, SearchWord
from coalition.search.rules import Place, may_be_forgiven, shortened, tails, words_in

BATCH = 1000
# SQLite takes at most this many values in one question, on the oldest builds that we meet.
MOST_VALUES = 900


@dataclass(frozen=True)
class Facts:
    """A public page as it is to be found; the fields of `SearchDocument`."""

    number: int
    kind: str
    coalition_id: int | None
    subject: str
    title: str
    lead: str
    text: str
    url: str
    language: str
    published_at: datetime

    def words(self) -> dict[str, Place]:
        """Every word with its most telling place."""
        found: dict[str, Place] = {}
        for place, text in ((Place.TITLE, self.title), (Place.LEAD, self.lead), (Place.TEXT, self.text)):
            for word in words_in(text):
                found.setdefault(word, place)
        return found


@transaction.atomic
def keep_documents(pages: Sequence[Facts]) -> None:
    """Write down public pages as they are now; about ten queries, whether it is one page or a few hundred."""
    if not pages:
        return
    _take_turn()
    before = SearchDocument.objects.in_bulk([page.number for page in pages], field_name="number")
    for page in pages:
        _write(page, before)
    SearchDocument.objects.bulk_create([d for d in before.values() if d.pk is None], batch_size=BATCH)
    _write_occurrences({before[page.number].pk: page.words() for page in pages})


@transaction.atomic
def forget_documents(numbers: Iterable[int]) -> None:
    """Take pages out of the index, with the words that stood on no other page."""
    for part in _parts(list(numbers)):
        gone = list(SearchDocument.objects.filter(number__in=part).values_list("pk", flat=True))
        if gone:
            _take_turn()
            words = _words_of(gone)
            SearchOccurrence.objects.filter(document__in=gone).delete()
            SearchDocument.objects.filter(pk__in=gone).delete()
            _drop_unused(words)


@transaction.atomic
def forget_all_but(numbers: Iterable[int]) -> int:
    """Take out whatever is not among these pages; returns how many were."""
    strangers = set(SearchDocument.objects.values_list("number", flat=True)) - set(numbers)
    forget_documents(sorted(strangers))
    return len(strangers)


def _take_turn() -> None:
    """One writer at a time, until its transaction ends: else one drops a word that another is just using."""
    SearchWord.objects.get_or_create(text="")
    SearchWord.objects.select_for_update().get(text="")


def _write(page: Facts, known: dict[int, SearchDocument]) -> None:
    """The row of one page, changed where it is there; new ones are only added to `known`."""
    values = asdict(page)
    document = known.get(page.number)
    if document is None:
        known[page.number] = SearchDocument(**values)
    elif any(getattr(document, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(document, name, value)
        document.save()


def _write_occurrences(wanted: Mapping[int, Mapping[str, Place]]) -> None:
    """Make the occurrences of documents say exactly this; untouched where they already do."""
    standing: dict[int, dict[str, int]] = {pk: {} for pk in wanted}
    for part in _parts(list(wanted)):
        rows = SearchOccurrence.objects.filter(document__in=part).order_by()
        for pk, word, place in rows.values_list("document", "word__text", "place"):
            standing[pk][word] = place
    changed = [pk for pk, words in wanted.items() if standing[pk] != words]
    before = _words_of([pk for pk in changed if standing[pk]])
    for part in _parts([pk for pk in changed if standing[pk]]):
        SearchOccurrence.objects.filter(document__in=part).delete()
    words = _words({word for pk in changed for word in wanted[pk]})
    rows = [
        SearchOccurrence(document_id=pk, word_id=words[word], place=place)
        for pk in changed
        for word, place in sorted(wanted[pk].items())
    ]
    SearchOccurrence.objects.bulk_create(rows, batch_size=BATCH)
    _drop_unused(before - set(words.values()))


def _words(texts: set[str]) -> dict[str, int]:
    """The words by their text, new ones written down with all the ways that lead to them."""
    known = _known(texts)
    new = sorted(texts - set(known))
    SearchWord.objects.bulk_create([SearchWord(text=text) for text in new], batch_size=BATCH)
    added = _known(set(new))
    keys = [SearchKey(word_id=added[text], way=way, key=key) for text in new for way, key in _ways_to(text)]
    SearchKey.objects.bulk_create(keys, batch_size=BATCH)
    return known | added


def _known(texts: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(sorted(texts)):
        found.update(SearchWord.objects.filter(text__in=part).values_list("text", "pk"))
    return found


def _ways_to(word: str) -> list[tuple[int, str]]:
    ways = [(SearchKey.Way.WHOLE, word)]
    ways += [(SearchKey.Way.TAIL, key) for key in tails(word)]
    if may_be_forgiven(word):
        ways += [(SearchKey.Way.SHORTENED, key) for key in sorted(shortened(word))]
    return ways


def _words_of(documents: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(documents):
        found.update(SearchOccurrence.objects.filter(document__in=part).values_list("word", flat=True))
    return found


def _drop_unused(words: set[int]) -> None:
    """What was erased from the last page that said it must not be left behind as a word either."""
    for part in _parts(sorted(words)):
        unused = SearchWord.objects.filter(pk__in=part, occurrences__isnull=True).exclude(text="")
        SearchWord.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).delete()


def _parts(values: Sequence) -> Iterable[Sequence]:
    return (values[at : at + MOST_VALUES] for at in range(0, len(values), MOST_VALUES))
