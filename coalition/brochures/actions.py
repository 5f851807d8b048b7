"""Having a brochure printed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.brochures import paper
from coalition.brochures.contents import Brochure
from coalition.press import actions as press
from coalition.press.models import Sheet

if TYPE_CHECKING:
    from coalition.membership.models import Coalition
    from coalition.people.models import Person

TEMPLATE = "brochure"


@transaction.atomic
def ask_brochure(
    *, brochure: Brochure, subject: str, form: str, coalition: "Coalition", by: "Person | None", now: datetime
) -> Sheet:
    """Have a coalition's brochure printed in one form; the same facts lead to the sheet that was made of them before.

    `subject` is the same for every edition of one brochure in one language ("brochure:12:nl"). Raises Refusal where it
    cannot be printed.
    """
    facts = paper.facts(brochure, form=form)
    sheet = press.ask_sheet(subject=subject, template=TEMPLATE, title=facts["title"], facts=facts, form=form, now=now)
    record(Verb.SHEET_ASKED, subject=sheet, by=by, about=coalition, now=now, form=form)
    return sheet
