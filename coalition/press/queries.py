"""What can be asked of the press."""

from collections.abc import Iterable

from django.db.models import QuerySet

from coalition.press.models import Sheet
from coalition.press.rules import State


def latest(*, subject: str, form: str) -> Sheet | None:
    """The newest sheet of a subject in this form that is ready, made of what may be older facts by now."""
    done = Sheet.objects.filter(subject=subject, form=form, state=State.DONE)
    return done.defer("facts").order_by("-asked_at", "-made_at", "-pk").first()


def sheets_of(subjects: Iterable[str]) -> QuerySet[Sheet]:
    """All sheets of these subjects, the one asked for last first, whatever their state."""
    return Sheet.objects.filter(subject__in=list(subjects)).defer("facts")


def by_token(token: str) -> Sheet | None:
    """The ready sheet for whoever holds its token."""
    return Sheet.objects.filter(token=token, state=State.DONE).defer("facts").first()


def subjects(kind: str) -> set[str]:
    """The subjects that have sheets and whose name begins with `kind` ("brochure:")."""
    return set(Sheet.objects.filter(subject__startswith=kind).order_by().values_list("subject", flat=True).distinct())
