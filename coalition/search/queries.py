"""What readers find, the same on every database: the index is asked, the rules decide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When

from coalition.base import freshness
from coalition.search.models import SearchDocument, SearchKey, SearchOccurrence
from coalition.search.rules import (
    BEGINNING_FROM,
    FORGIVEN_COST,
    FORGIVEN_FROM,
    INSIDE_FROM,
    LONGEST_WORD,
    Grade,
    is_one_error,
    may_be_forgiven,
    question,
    shortened,
    words_in,
)
from coalition.territory.models import Locality, Municipality

Way = SearchKey.Way
# The last of all words: folded words are of the letters a to z and of digits, which every collation sorts alike.
LAST = "z" * LONGEST_WORD
# How many neighbours of a mistyped word are looked at; more means that the word says little.
MOST_NEIGHBOURS = 50


@dataclass(frozen=True)
class Found:
    """The answers to a question: per kind the documents (primary key, subject), the best first.

    `in_order` are the documents of all kinds together.
    `meant` is the question as it was probably meant, None where nothing had to be forgiven.
    """

    words: tuple[str, ...]
    answers: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    meant: str | None = None
    in_order: Sequence[int] = ()


def search(text: str, *, language: str) -> Found:
    """The public pages on which every word of `text` stands, those in `language` first; two queries.

    The whole word or its beginning (three letters), a part of a compound (four) or one typing error (in words of five)
    will do; a title tells more than a lead, a lead more than a text, and what is forgiven comes last.
    """
    words = question(text)
    if not words:
        return Found(words)
    neighbours = _neighbours(words)
    rows = _ranked(words, neighbours, language)
    answers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, kind, subject, *_costs in rows:
        answers[kind].append((pk, subject))
    return Found(words, dict(answers), _meant(words, neighbours, [row[3:] for row in rows]), [row[0] for row in rows])


def documents(keys: Iterable[int], *, about: Iterable[str] = ()) -> dict[int, SearchDocument]:
    """Documents by primary key, and those about municipalities (NIS codes), with their coalition; one query."""
    of_municipality = Q(kind=SearchDocument.Kind.MUNICIPALITY, subject__in=list(about))
    rows = SearchDocument.objects.filter(Q(pk__in=list(keys)) | of_municipality)
    return {row.pk: row for row in rows.select_related("coalition")}


def as_known(text: str) -> str:
    """A question with each word that no municipality or village has, but for one typing error, put right."""
    names = freshness.remembered("names of places", _names, freshness.EVERYWHERE)
    return " ".join(_as_known(word, names) for word in words_in(text))


def _as_known(word: str, names: Sequence[str]) -> str:
    if len(word) < FORGIVEN_FROM - 1 or any(name.startswith(word) for name in names):
        return word
    near = (name for name in names if may_be_forgiven(name) and is_one_error(word, name))
    return min(near, key=lambda name: (abs(len(name) - len(word)), name), default=word)


def _names() -> list[str]:
    texts = Municipality.objects.order_by().values_list("search_text", flat=True)
    folded: set[str] = set()
    for text in texts.union(Locality.objects.order_by().values_list("search_text", flat=True)):
        folded.update(text.split())
    return sorted(folded)


def _neighbours(words: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each word asked, the words one typing error away: their text, and on how many pages they stand."""
    long_enough = [word for word in words if len(word) >= FORGIVEN_FROM - 1]
    if not long_enough:
        return {}
    exact = set(long_enough)
    lessened = set().union(*map(shortened, long_enough))
    rows = (
        SearchKey.objects.filter(Q(way=Way.SHORTENED, key__in=exact | lessened) | Q(way=Way.WHOLE, key__in=lessened))
        .order_by()
        .values_list("word__text")
        .annotate(Count("word__occurrences__document", distinct=True))
    )
    candidates = sorted((row for row in rows if may_be_forgiven(row[0])), key=lambda row: (-row[1], row[0]))
    near = {
        sought: [row for row in candidates if is_one_error(sought, row[0])][:MOST_NEIGHBOURS] for sought in long_enough
    }
    return {sought: dict(rows) for sought, rows in near.items()}


def _ranked(words: Sequence[str], neighbours: Mapping[str, Mapping[str, int]], language: str) -> list[tuple]:
    """(document, kind, subject, cost of each word ...), the best first."""
    rows = SearchOccurrence.objects.filter(_any_of(words, neighbours)).order_by().values("document")
    names = [f"cost_{at}" for at in range(len(words))]
    for name, word in zip(names, words, strict=True):
        rows = rows.annotate(**{name: Min(_cost(word, neighbours.get(word, {})))}).filter(**{f"{name}__isnull": False})
    return list(_in_order(rows, names, language).values_list("document", "document__kind", "document__subject", *names))


def _in_order(rows: QuerySet, names: Sequence[str], language: str) -> QuerySet:
    elsewhere = Case(When(document__language=language, then=0), default=1, output_field=IntegerField())
    total = sum((F(name) for name in names), Value(0))
    return rows.annotate(elsewhere=elsewhere, total=total).order_by(
        "elsewhere", "total", "-document__published_at", "-document__number"
    )


def _any_of(words: Iterable[str], neighbours: Mapping[str, Iterable[str]]) -> Q:
    wanted = Q()
    for word in words:
        for _grade, condition in _conditions(word, neighbours.get(word, {})):
            wanted |= condition
    return wanted


def _cost(word: str, near: Iterable[str]) -> Case:
    """What the occurrence in a row costs as an answer to `word` (see rules.cost); null where it is none."""
    place = F("place") * 10
    whens = [When(cond, then=place + _weight(grade)) for grade, cond in _conditions(word, near)]
    return Case(*whens, output_field=IntegerField())


def _weight(grade: Grade) -> int:
    return FORGIVEN_COST if grade == Grade.FORGIVEN else int(grade)


def _conditions(word: str, near: Iterable[str]) -> list[tuple[Grade, Q]]:
    """What each grade means in the index, the best grade first (see rules.grade)."""
    from_here = {"word__keys__key__gte": word, "word__keys__key__lte": f"{word}{LAST}"}
    conditions = [(Grade.WHOLE, Q(word__keys__way=Way.WHOLE, word__keys__key=word))]
    if len(word) >= BEGINNING_FROM:
        conditions.append((Grade.BEGINNING, Q(word__keys__way=Way.WHOLE, **from_here)))
    if len(word) >= INSIDE_FROM:
        conditions.append((Grade.INSIDE, Q(word__keys__way=Way.TAIL, **from_here)))
    if near:
        conditions.append((Grade.FORGIVEN, Q(word__keys__way=Way.WHOLE, word__keys__key__in=sorted(near))))
    return conditions


def _meant(words: Sequence[str], neighbours: Mapping[str, Mapping[str, int]], costs: list[tuple]) -> str | None:
    """The question with what was forgiven in the best answer put right; None where nothing was."""
    best = min(costs, key=sum, default=())
    if sum(best) < FORGIVEN_COST:
        return None
    right = [
        next(iter(neighbours[word])) if cost >= FORGIVEN_COST else word for word, cost in zip(words, best, strict=True)
    ]
    return " ".join(right)
