"""A producer's profile as one plain dict: what forms, imports and drafts fill in, and what is written as rows.

Keys: the columns of `Producer` under `PLAIN`, `shown` (list of `Contact`), and lists of dicts `channels`, `products`,
`labels`, `closures`. Days are ISO texts, so that a draft can wait as JSON.
"""

from coalition.producers.facts.cleaning import EMPTY, FactsRefusal, clean_facts, must_be_clean
from coalition.producers.facts.rows import read_facts, write_facts

__all__ = ["EMPTY", "FactsRefusal", "clean_facts", "must_be_clean", "read_facts", "write_facts"]
