"""A cache that may be away: what it would have remembered is worked out again, and nobody notices but the clock.

Wagtail and allauth read the cache without asking whether it is there; Redis that stops must not stop the site.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as Away
from redis.exceptions import TimeoutError as Silent

log = logging.getLogger(__name__)


def _or_else(answer: Callable[..., Any]) -> Callable:
    """Give `answer(*args, **kwargs)` when the cache cannot be reached."""

    def wrap(method: Callable) -> Callable:
        @wraps(method)
        def forgiving(self, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except (Away, Silent) as error:
                log.warning("cache is away: %s", type(error).__name__)
                return answer(*args, **kwargs)

        return forgiving

    return wrap


class ForgivingRedisCache(RedisCache):
    """Redis as Django knows it; without a connection it is empty and keeps nothing.

    `set_many` then returns all its keys: those were not written.
    """

    get = _or_else(lambda key, default=None, version=None: default)(RedisCache.get)
    get_many = _or_else(lambda keys, version=None: {})(RedisCache.get_many)
    set = _or_else(lambda *a, **k: None)(RedisCache.set)
    set_many = _or_else(lambda data, *a, **k: list(data))(RedisCache.set_many)
    add = _or_else(lambda *a, **k: False)(RedisCache.add)
    touch = _or_else(lambda *a, **k: False)(RedisCache.touch)
    delete = _or_else(lambda *a, **k: False)(RedisCache.delete)
    delete_many = _or_else(lambda *a, **k: None)(RedisCache.delete_many)
    has_key = _or_else(lambda *a, **k: False)(RedisCache.has_key)
    incr = _or_else(lambda key, delta=1, version=None: delta)(RedisCache.incr)
    clear = _or_else(lambda: False)(RedisCache.clear)
