"""The coordinator's desk of producers: the list, one profile, what the coalition goes by, and its crops."""
