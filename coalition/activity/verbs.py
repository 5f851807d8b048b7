"""Everything that can happen in the house, one line each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    # territory
    MUNICIPALITIES_IMPORTED = "territory.imported", _("imported municipalities")
    # membership
    COALITION_FOUNDED = "coalition.founded", _("founded the coalition")
    COALITION_CHANGED = "coalition.changed", _("changed the coalition")
    MEMBER_RECORDED = "membership.recorded", _("recorded a municipality's membership")
    JOIN_REQUESTED = "membership.requested", _("asked to join")
    JOIN_ACCEPTED = "membership.request_accepted", _("accepted a request to join")
    JOIN_DECLINED = "membership.request_declined", _("declined a request to join")
    MEMBER_INVITED = "membership.invited", _("invited a municipality")
    MEMBER_WITHDRAWN = "membership.withdrawn", _("withdrew an invitation or a request to join")
    DECISION_RECORDED = "membership.decided", _("recorded the council's decision")
    MEMBER_ACCEPTED = "membership.accepted", _("accepted a municipality")
    MEMBER_LEFT = "membership.left", _("recorded that a municipality leaves")
    MEMBER_CARRIED = "membership.carried", _("carried a membership to the merged municipality")
    INVITED = "invitation.sent", _("invited somebody")
    INVITATION_ACCEPTED = "invitation.accepted", _("accepted an invitation")
    INVITATION_WITHDRAWN = "invitation.withdrawn", _("withdrew an invitation")
    AGREEMENT_WRITTEN = "agreement.written", _("wrote the agreement")
    LANGUAGES_CHOSEN = "languages.chosen", _("recorded in which languages shared pages stand")
    GROUND_RECORDED = "languages.ground", _("recorded why pages may stand in another language")
    GROUND_WITHDRAWN = "languages.ground_withdrawn", _("withdrew the ground for another language")
    MANDATE_GIVEN = "mandate.given", _("gave a mandate")
    MANDATE_ENDED = "mandate.ended", _("ended a mandate")
    # evidence
    SIGN_IN_LINKED = "evidence.linked", _("connected ACM/IDM to an account")
    SIGN_IN_UNLINKED = "evidence.unlinked", _("disconnected ACM/IDM from an account")
    NUMBER_RECORDED = "evidence.number", _("recorded a municipality's enterprise number")
    NUMBER_ENDED = "evidence.number_ended", _("ended a municipality's enterprise number")
    # data rights
    DATA_ASKED = "data.asked", _("asked what is held of them")
    DATA_TAKEN = "data.taken", _("took a copy of what is held of them")
    DATA_CORRECTED = "data.corrected", _("corrected what is held of them")
    DATA_ERASED = "data.erased", _("had themselves erased")
    DATA_REQUEST_WRITTEN = "data.request", _("wrote down a request about personal data")
    DATA_REQUEST_DONE = "data.done", _("dealt with a request about personal data")
    # producers
    PRODUCER_DRAFTED = "producer.drafted", _("drafted a producer")
    PRODUCER_CHANGED = "producer.changed", _("changed a producer")
    PRODUCER_PROPOSED = "producer.proposed", _("proposed a change of a producer")
    PRODUCER_ASKED = "producer.asked", _("asked a producer to confirm")
    PRODUCER_CONFIRMED = "producer.confirmed", _("confirmed a producer's profile")
    PRODUCER_WANTS_A_CALL = "producer.call", _("asked to be called")
    PRODUCER_HIDDEN = "producer.hidden", _("withdrew a producer's profile")
    PRODUCER_LISTED = "producer.listed", _("listed a producer")
    PRODUCER_UNLISTED = "producer.unlisted", _("removed a producer from the list")
    PRODUCER_MOVED = "producer.moved", _("carried a producer to the merged municipality")
    PRODUCER_DELETED = "producer.deleted", _("deleted a producer's draft")
    PHOTO_ADDED = "producer.photo_added", _("added a photo of a producer")
    PHOTO_REMOVED = "producer.photo_removed", _("removed a photo of a producer")
    PRINCIPLES_ADOPTED = "principles.adopted", _("adopted principles of the short chain")
    SEASON_CHANGED = "season.changed", _("changed the season of a crop")
    PRODUCERS_IMPORTED = "producers.imported", _("imported producers")
    IMPORT_UNDONE = "producers.undone", _("undid an import of producers")
    SHEET_ASKED = "sheet.asked", _("asked for a printed sheet")
    # pages
    PAGE_PUBLISHED = "page.published", _("published a page")
    PAGE_CHANGED = "page.changed", _("changed a published page")
    PAGE_HIDDEN = "page.hidden", _("withdrew a page")
    # digests
    SUBSCRIPTION_ASKED = "subscription.asked", _("asked for the digest")
    SUBSCRIPTION_CONFIRMED = "subscription.confirmed", _("confirmed a subscription to the digest")
    SUBSCRIPTION_ENDED = "subscription.ended", _("ended a subscription to the digest")
    SCHEDULE_CHANGED = "digest.schedule", _("changed the digest's day and hour")
    EDITION_PLANNED = "edition.planned", _("planned an edition of the digest")
    EDITION_MISSED = "edition.missed", _("let an edition of the digest pass")
