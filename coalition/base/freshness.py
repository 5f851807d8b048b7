"""Which cached pages are still true: one version per coalition, kept in the cache beside the pages themselves.

A page is stored under the version that was read before it was made, so a page made from old facts is never found
under a newer version. A version is a random word: when the cache forgets one, no old page comes back with it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

T = TypeVar("T")
log = logging.getLogger(__name__)

EVERYWHERE = "everywhere"
_LIFETIME = 7 * 24 * 3600
# Versions that this process could not renew yet.
_waiting: set[str] = set()
# Versions that the cache does not know yet: everybody in this process who asks is given the same.
_proposed: dict[str, str] = {}
MOST_PROPOSED = 1000


def _name(scope: str) -> str:
    return f"version:{scope}"


def stale(scope: str) -> None:
    """Once the transaction is committed, let no page of `scope` (a coalition's slug, or EVERYWHERE) be served again.

    Pages outside a coalition show all coalitions, so a change in one makes those stale as well.
    """
    transaction.on_commit(lambda: _renew(scope), robust=True)


def _renew(scope: str) -> None:
    _waiting.update((_name(scope), _name("site")))
    _renew_waiting()


def _renew_waiting() -> None:
    """Renew what could not be renewed while the cache was away, so that it does not come back with old pages."""
    if not _waiting:
        return
    names = set(_waiting)
    for name in names:
        _proposed.pop(name, None)
    try:
        failed = cache.set_many(dict.fromkeys(names, uuid4().hex), _LIFETIME)
    except Exception as error:  # noqa: BLE001  without a cache nothing is cached, so nothing is stale
        log.warning("cache versions not renewed: %s", type(error).__name__)
        return
    _waiting.difference_update(names.difference(failed))


@dataclass(frozen=True)
class Reading:
    """The versions as they stood at one moment, and those of them that the cache did not know yet."""

    word: str
    unknown: dict[str, str]

    def establish(self) -> bool:
        """Make the unknown ones known; False when somebody renewed one meanwhile, so `word` is no longer true."""
        established = all(
            cache.add(name, value, _LIFETIME) or cache.get(name) == value for name, value in self.unknown.items()
        )
        # Proposed once: when the cache forgets it later, the same word must not come back with its old pages.
        for name in self.unknown:
            _proposed.pop(name, None)
        return established


def read(*scopes: str) -> Reading:
    """The current version of the given scopes together, as one word for a cache key; raises what the cache raises.

    A version that the cache does not know gets a random word that counts only once it is established: asking for
    addresses that do not exist leaves nothing behind.
    """
    _renew_waiting()
    names = [_name(scope) for scope in (EVERYWHERE, *scopes)]
    found = cache.get_many(names)
    if len(_proposed) > MOST_PROPOSED:
        _proposed.clear()
    unknown = {name: _proposed.setdefault(name, uuid4().hex) for name in names if name not in found}
    return Reading("-".join((found | unknown)[name] for name in names), unknown)


class Memory:
    """One thing that is remembered while the given scopes do not change.

    The versions are read when the memory is opened, before the thing is made; what is made from old facts is lost.
    """

    def __init__(self, name: str, *scopes: str, seconds: int = 600) -> None:
        self._reading = read(*scopes)
        self._key = f"kept:{sha256(f'{self._reading.word}:{name}'.encode()).hexdigest()}"
        self._seconds = seconds

    def recall(self) -> Any:
        """What was kept, or None."""
        return None if self._reading.unknown else cache.get(self._key)

    def keep(self, thing: Any) -> None:
        if self._reading.establish():
            cache.set(self._key, thing, self._seconds)


def remembered(name: str, make: Callable[[], T], *scopes: str) -> T:
    """What `make()` answers, kept as `name` while the given scopes do not change."""
    memory = Memory(name, *scopes)
    kept = memory.recall()
    if kept is None:
        kept = (make(),)
        memory.keep(kept)
    return kept[0]
