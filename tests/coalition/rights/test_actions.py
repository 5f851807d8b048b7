from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.test import override_settings

from coalition.activity.actions import record
from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.base.hashing import keyed_hash
from coalition.digests import actions as digests
from coalition.digests.models import Subscription
from coalition.mail.models import Attempt, Letter
from coalition.mail.rules import NOBODY
from coalition.membership.models import Invitation, JoinRequest
from coalition.people import holdings
from coalition.rights import actions, queries, tokens
from coalition.rights.models import DataRequest, Pass
from tests.factories import PersonFactory
from tests.factories.digests import SubscriptionFactory
from tests.factories.mail import LetterFactory
from tests.factories.membership import CoalitionFactory, MandateFactory
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db

ADDRESS = "boer@example.org"


@pytest.fixture
def reader():
    return SubscriptionFactory(email=ADDRESS)


def asked_for(now, email=ADDRESS) -> str:
    actions.ask(email=email, now=now)
    return tokens.to_open(Pass.objects.get().pk)


def test_who_is_known_gets_one_letter_however_often_he_asks(reader, now):
    for minutes in (0, 1, 4):
        actions.ask(email=ADDRESS.upper(), now=now + timedelta(minutes=minutes))

    letter = Letter.objects.get(kind="rights/link")
    assert letter.to == ADDRESS
    assert letter.expires_at == now + timedelta(minutes=30)


def test_who_is_unknown_leaves_nothing_behind(reader, now):
    actions.ask(email="niemand@example.org", now=now)

    assert not Letter.objects.exists()
    assert not Pass.objects.exists()


def test_who_has_an_account_is_told_to_sign_in_and_his_pass_opens_nothing(now):
    PersonFactory(email=ADDRESS)

    token = asked_for(now)

    assert Letter.objects.get().kind == "rights/sign_in"
    with pytest.raises(Refusal):
        actions.holder(token=token, now=now)


def test_a_link_shows_its_address_alone(reader, now):
    SubscriptionFactory(coalition=reader.coalition, email="ander@example.org")

    somebody = actions.holder(token=asked_for(now), now=now)

    assert somebody.addresses == (ADDRESS,)
    assert "ander@example.org" not in str(queries.plain(queries.held_of(somebody)))


@pytest.mark.parametrize("wrong", ["forged", "expired", "empty", "another purpose"])
def test_a_wrong_link_is_refused(reader, now, wrong):
    token = asked_for(now)
    if wrong == "forged":
        token = token[:-3] + ("abc" if token[-3:] != "abc" else "abd")
    elif wrong == "empty":
        token = ""
    elif wrong == "another purpose":
        from coalition.digests.tokens import to_stop

        token = to_stop(Pass.objects.get().pk)

    with pytest.raises(Refusal):
        actions.erase_by_link(token=token, now=now + timedelta(minutes=30 if wrong == "expired" else 1))

    reader.refresh_from_db()
    assert reader.email == ADDRESS


def test_erasing_by_link_leaves_a_hash_and_the_proof_and_works_once(reader, now):
    token = asked_for(now)

    actions.erase_by_link(token=token, now=now)

    reader.refresh_from_db()
    assert (reader.email, reader.email_hash, reader.state) == ("", keyed_hash(ADDRESS), "ended")
    assert reader.consent_text == "Ja."
    assert not Pass.objects.exists()
    with pytest.raises(Refusal):
        actions.erase_by_link(token=token, now=now)
    assert Entry.objects.filter(verb=Verb.DATA_ERASED, by=None, subject_title="").count() == 1


def test_who_comes_back_after_erasing_starts_anew_in_the_same_row(reader, now):
    actions.erase(subject=queries.subject([ADDRESS]), now=now)

    digests.ask(coalition=reader.coalition, email=ADDRESS, agreed=True, page="/", now=now)

    back = Subscription.objects.get()
    assert (back.pk, back.email, back.email_hash, back.state) == (reader.pk, ADDRESS, "", "asked")


def test_the_last_letter_says_what_stays_and_its_row_does_not_say_to_whom(
    reader, now, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(subject=queries.subject([ADDRESS]), now=now)

    sent = outbox.outbox[0]
    assert sent.to == [ADDRESS]
    assert "code" in sent.body
    letter = Letter.objects.get(kind="rights/erased")
    assert (letter.to, letter.state) == (NOBODY, "sent")
    assert not Attempt.objects.filter(detail__icontains="boer").exists()


def test_nothing_is_erased_when_one_room_fails(reader, now, monkeypatch):
    def fails(subject, moment):
        raise RuntimeError("the disk is full")

    lowest = holdings.from_the_ground_up()[0]
    monkeypatch.setitem(holdings._holdings, lowest.name, holdings.replace(lowest, erase=fails))

    with pytest.raises(RuntimeError):
        actions.erase(subject=queries.subject([ADDRESS]), now=now)

    reader.refresh_from_db()
    assert reader.email == ADDRESS


def test_the_last_coordinator_hands_over_first(now):
    mandate = MandateFactory(person__email=ADDRESS)
    somebody = queries.subject([], mandate.person)

    with pytest.raises(Refusal, match=mandate.coalition.name):
        actions.erase(subject=somebody, now=now)
    MandateFactory(coalition=mandate.coalition)
    actions.erase(subject=somebody, now=now)

    mandate.person.refresh_from_db()
    assert mandate.person.erased_at == now


def test_who_is_the_contact_of_a_coalition_hands_that_over_first(now):
    CoalitionFactory(contact_email=ADDRESS)

    with pytest.raises(Refusal):
        actions.erase(subject=queries.subject([], PersonFactory(email=ADDRESS)), now=now)


def test_the_only_administrator_does_not_vanish(now):
    admin = PersonFactory(is_superuser=True)

    with pytest.raises(Refusal):
        actions.erase(subject=queries.subject([], admin), now=now)
    PersonFactory(is_superuser=True)
    actions.erase(subject=queries.subject([], admin), now=now)


def test_a_request_names_somebody_until_it_is_answered(now):
    admin = PersonFactory(is_superuser=True)

    request = actions.write_request(kind="restrict", address=ADDRESS, coalition=None, by=admin, now=now)
    assert (request.address, request.due_on.isoformat()) == (ADDRESS, "2026-12-24")
    for _twice in range(2):
        actions.finish_request(request=request, by=admin, now=now)

    request.refresh_from_db()
    assert (request.address, request.done_at) == ("", now)
    assert Entry.objects.filter(verb=Verb.DATA_REQUEST_DONE).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(address=ADDRESS)


def test_each_coalition_that_holds_something_has_it_in_its_register(reader, now):
    other = SubscriptionFactory(email=ADDRESS)

    actions.take(subject=queries.subject([ADDRESS]), now=now)

    lines = DataRequest.objects.filter(kind="take", by_himself=True, done_at=now)
    assert {line.coalition for line in lines} == {reader.coalition, other.coalition}


@override_settings(RETENTION_DAYS={"unconfirmed": 7, "ended_subscriptions": 30, "invitations": 30,
                                   **dict.fromkeys(("join_requests", "letters", "entries", "security_logs"), 365),
                                   "data_requests": 1095})  # fmt: skip
def test_the_clock_lets_go_of_what_is_old_and_of_nothing_else(now):
    old, young = now - timedelta(days=366), now - timedelta(days=364)
    coalition, municipality = CoalitionFactory(), MunicipalityFactory()
    for at, who in ((old, "oud@example.org"), (young, "jong@example.org")):
        LetterFactory(to=who, state="failed", created_at=at, facts={"x": 1}, reason=f"<{who}> unknown")
        record(Verb.COALITION_CHANGED, subject=coalition, by=None, now=at, changed=["name"])
        JoinRequest.objects.create(
            coalition=coalition, municipality=municipality, name="Jan", email=who, office="schepen", asked_at=at,
            state="declined", answered_at=at,
        )  # fmt: skip
    SubscriptionFactory(email="weg@example.org", state="ended", ended_at=now - timedelta(days=31))
    SubscriptionFactory(email="pas@example.org", state="ended", ended_at=now - timedelta(days=29))
    SubscriptionFactory(email="lezer@example.org")
    for days in (31, 29):
        Invitation.objects.create(
            coalition=coalition, role="editor", email=f"gast{days}@example.org", created_at=now,
            expires_at=now - timedelta(days=days),
        )  # fmt: skip

    assert actions.forget_due(now=now, batch=1) == 5
    assert actions.forget_due(now=now) == 0, "a second time nothing is left"

    assert set(Letter.objects.values_list("to", flat=True)) == {NOBODY, "jong@example.org"}
    assert "oud" not in str(list(Letter.objects.values_list("reason", "facts")))
    assert Entry.objects.get(at=old).details == {}
    assert Entry.objects.get(at=young).details == {"changed": ["name"]}
    assert set(JoinRequest.objects.values_list("email", flat=True)) == {NOBODY, "jong@example.org"}
    kept = set(Subscription.objects.values_list("email", flat=True))
    assert kept == {"", "pas@example.org", "lezer@example.org"}
    assert set(Invitation.objects.values_list("email", flat=True)) == {NOBODY, "gast29@example.org"}


def test_a_letter_that_still_waits_is_not_forgotten(now):
    letter = LetterFactory(to=ADDRESS, created_at=now - timedelta(days=400))

    actions.forget_due(now=now)

    letter.refresh_from_db()
    assert letter.to == ADDRESS
