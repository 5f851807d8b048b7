"""The only receivers in the project: what happens to pages is written down for the rooms that read Notices."""


def connect() -> None:
    """Called once, when every app is loaded."""
