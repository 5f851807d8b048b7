"""What happens to producers: drafted by coalitions, confirmed by themselves."""

from coalition.producers.actions.farmers import (
    ask_again,
    ask_producer,
    confirm_by_phone,
    confirm_profile,
    consent_to,
    hide_by_link,
    link_to_use,
    want_call,
)
from coalition.producers.actions.imports import (
    choose_known,
    choose_rows,
    confirm_import,
    is_small,
    map_columns,
    run_import,
    run_imports_due,
    start_import,
)
from coalition.producers.actions.listings import follow_mergers_due, list_producer, unlist_producer
from coalition.producers.actions.photos import add_photo, add_photo_by_link, remove_photo, remove_photo_by_link
from coalition.producers.actions.profiles import (
    change_producer,
    delete_draft,
    discard_change,
    draft_producer,
    hide_producer,
)
from coalition.producers.actions.standards import adopt_principles, set_season
from coalition.producers.actions.undoing import discard_import, undo_import

__all__ = [
    "add_photo",
    "add_photo_by_link",
    "adopt_principles",
    "ask_again",
    "ask_producer",
    "change_producer",
    "choose_known",
    "choose_rows",
    "confirm_by_phone",
    "confirm_import",
    "confirm_profile",
    "consent_to",
    "delete_draft",
    "discard_change",
    "discard_import",
    "draft_producer",
    "follow_mergers_due",
    "hide_by_link",
    "hide_producer",
    "is_small",
    "link_to_use",
    "list_producer",
    "map_columns",
    "remove_photo",
    "remove_photo_by_link",
    "run_import",
    "run_imports_due",
    "set_season",
    "start_import",
    "undo_import",
    "unlist_producer",
    "want_call",
]
