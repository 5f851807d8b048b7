"""A demo farmer who did everything that can be done here has himself erased: the whole database is searched for him."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from cms.pages.news import NewsPage
from coalition.activity.actions import record
from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.hashing import keyed_hash
from coalition.digests.models import Issue, Subscription
from coalition.evidence.models import Evidence
from coalition.intake.actions import keep_batch
from coalition.intake.models import Batch
from coalition.mail import actions as mail
from coalition.mail.models import Address, Attempt, DeliveryEvent, Letter
from coalition.membership.models import Coalition, Invitation, JoinRequest, Mandate
from coalition.people.models import Person
from coalition.rights import actions, queries
from coalition.rights.models import DataRequest, Pass
from coalition.territory.models import Municipality
from tests.cms.signing_in import sign_in
from tests.coalition.mail.sending import deliver
from tests.factories.mail import AddressFactory, LetterFactory
from tests.factories.pages import publish_news

pytestmark = pytest.mark.django_db

ADDRESS = "zevenschoven@boer.example.org"
NAME = "Renée Zevenschoven"
# As a database may spell them: JSON escapes what is not ASCII.
SPELLINGS = ["zevenschoven", "ren\\u00e9e", "renée"]


def tables_that_say(words: list[str]) -> dict[str, list[str]]:
    """Every column of every table, as the database itself lists them, in which one of the words stands."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("wagtailsearch_indexentry_fts_"):
                continue  # the inside of SQLite's index, in its own encoding; what it finds is asked below
            for column in connection.introspection.get_table_description(cursor, table):
                name = f'"{table}"."{column.name}"'
                tests = " OR ".join([f"LOWER(CAST({name} AS TEXT)) LIKE %s"] * len(words))
                cursor.execute(f'SELECT COUNT(*) FROM "{table}" WHERE {tests}', [f"%{word.lower()}%" for word in words])
                if cursor.fetchone()[0]:
                    found.setdefault(table, []).append(column.name)
    return found


def dumped() -> str:
    """The database as `dumpdata` writes it."""
    paper = StringIO()
    call_command("dumpdata", stdout=paper, exclude=["wagtailsearch"], verbosity=0)
    return json.dumps(json.loads(paper.getvalue()), ensure_ascii=False).lower()


def sessions_that_say(word: str) -> list[str]:
    """Sessions are signed and packed: a dump does not show what is in them."""
    return [session.pk for session in Session.objects.all() if word in str(session.get_decoded()).lower()]


@pytest.fixture
def farmer(client):
    """The demonstration's farmer: reader, representative, author; written to, bounced, imported, commented on."""
    call_command("demo", verbosity=0)
    ContentType.objects.clear_cache()
    now = timezone.now()
    coalition = Coalition.objects.get(slug="pajotse-velden")
    person = Person.objects.create_user(ADDRESS, name=NAME)
    EmailAddress.objects.create(user=person, email=ADDRESS, verified=True, primary=True)
    membership_of(person, coalition, now)
    written_to(coalition, now)
    writes(person, coalition)
    remembered(person, coalition, now)
    client.get("/mijn-gegevens/")
    sign_in(client, person)
    UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=client.session.session_key, user_agent="zevenschoven's telephone"
    )
    typed = SessionStore()
    typed["account_login"] = {"email": ADDRESS}
    typed.save()
    return person


def membership_of(person, coalition, now):
    municipality = Municipality.objects.get(nis="23104")
    Mandate.objects.create(
        person=person, coalition=coalition, role="representative", municipality=municipality, valid_from=now.date()
    )
    Invitation.objects.create(
        coalition=coalition, municipality=municipality, role="representative", email=ADDRESS, created_at=now,
        expires_at=now + timedelta(days=14), accepted_at=now, accepted_by=person,
    )  # fmt: skip
    JoinRequest.objects.create(
        coalition=coalition, municipality=municipality, name=NAME, email=ADDRESS, office="boer", message=f"Ik, {NAME}.",
        state="accepted", asked_at=now, answered_at=now, answer=f"Welkom {NAME}",
    )  # fmt: skip


def written_to(coalition, now):
    reader = Subscription.objects.get(coalition=coalition, email=ADDRESS)
    mail.post(kind="digests/already", key="digests/already:t", to=ADDRESS, now=now, coalition=coalition,
              facts={"subscription": str(reader.pk), "round": reader.round})  # fmt: skip
    deliver(now)
    sent = LetterFactory(
        to=ADDRESS, kind="digests/edition", state="failed", reason=f"550 5.1.1 <{ADDRESS}> unknown",
        coalition=coalition, facts={"to": ADDRESS},
    )  # fmt: skip
    LetterFactory(to=ADDRESS.upper(), kind="digests/edition", coalition=coalition)
    Attempt.objects.create(
        letter=sent, number=1, at=now, outcome="refused", code=550, detail=f"no such user: zevenschoven ({ADDRESS})"
    )
    DeliveryEvent.objects.create(
        provider_event_id="e1", letter=sent, kind="bounced", at=now, detail=f"{ADDRESS} bounced"
    )
    AddressFactory(email=ADDRESS, state="suppressed", reason=f"{ADDRESS} unknown")
    edition = coalition.editions.create(key="2026-W01", due_at=now)
    Issue.objects.create(edition=edition, subscription=reader, letter=sent)


def writes(person, coalition):
    page = publish_news(coalition_page(coalition), "Open dag", lead=f"Schrijf naar {ADDRESS} om te komen.")
    page.owner, page.locked_by, page.locked = person, person, True
    page.save()
    remark = Comment.objects.create(page=page, user=person, text=f"Klopt dit? {NAME}", contentpath="title")
    CommentReply.objects.create(comment=remark, user=person, text=f"Bel me of mail {ADDRESS}. {NAME}")
    page = NewsPage.objects.get(pk=page.pk)
    page.save_revision(user=person, log_action=True)
    PageLogEntry.objects.log_action(instance=page, action="wagtail.edit", user=person, data={"by": ADDRESS})
    ModelLogEntry.objects.log_action(instance=person, action="wagtail.edit", user=person)
    UserProfile.get_for_user(person)


def coalition_page(coalition):
    from cms.pages.coalitions import CoalitionPage

    return CoalitionPage.objects.get(coalition=coalition, locale__language_code="nl")


def remembered(person, coalition, now):
    record(Verb.MANDATE_GIVEN, subject=person, by=person, about=coalition, now=now, to=ADDRESS)
    keep_batch(
        kind="municipalities", file_name=f"{ADDRESS}.csv", sha256="0" * 64, state=Batch.State.DONE, by=person, now=now,
        problems=[("regel 1", f"{ADDRESS} is geen gemeente")],
    )  # fmt: skip
    DataRequest.objects.create(kind="see", address=ADDRESS, asked_at=now, due_on=now.date())
    Pass.objects.create(address=ADDRESS, asked_at=now)
    Evidence.objects.create(person=person, organisation_name=f"Hoeve {NAME}", seen_at=now)
    SocialAccount.objects.create(user=person, provider="acm", uid="zevenschoven-1", extra_data={"given_name": NAME})


def test_erasing_leaves_no_trace_of_address_or_name(farmer, django_capture_on_commit_callbacks):
    assert len(tables_that_say(SPELLINGS)) >= 20, "first he must stand everywhere"
    assert ADDRESS in dumped()
    assert len(sessions_that_say(ADDRESS)) == 2
    before = {model: model.objects.count() for model in (Letter, Entry, Revision, Comment, Mandate)}

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(subject=queries.subject([ADDRESS], farmer), now=timezone.now())

    assert tables_that_say(SPELLINGS) == {}
    assert not any(spelling in dumped() for spelling in SPELLINGS)
    assert sessions_that_say(ADDRESS) == []
    assert NewsPage.objects.search("zevenschoven").count() == 0
    assert NewsPage.objects.search("komen").count() == 1, "the page itself is still found"
    after = {model: model.objects.count() for model in before}
    assert all(after[model] >= before[model] for model in before), "what others need is still there"


def test_what_he_did_stays_signed_by_a_former_user_and_others_lose_nothing(farmer):
    neighbour = LetterFactory(to="een.zevenschoven@boer.example.org", reason="a longer address")
    other = Subscription.objects.exclude(email=ADDRESS).filter(state="confirmed").first()
    now = timezone.now()

    actions.erase(subject=queries.subject([ADDRESS], farmer), now=now)

    farmer.refresh_from_db()
    assert str(farmer) not in ("", ADDRESS, NAME)
    assert Entry.objects.filter(by=farmer).exists()
    assert not farmer.is_active
    assert not farmer.groups.exists()
    assert not Authenticator.objects.filter(user=farmer).exists()
    assert Address.objects.get(email_hash=keyed_hash(ADDRESS)).state == "suppressed"
    neighbour.refresh_from_db()
    assert neighbour.to == "een.zevenschoven@boer.example.org"
    assert Subscription.objects.get(pk=other.pk).email == other.email

    counts = Entry.objects.count(), DataRequest.objects.count()
    actions.erase(subject=queries.subject([ADDRESS], farmer), now=now)
    assert (Entry.objects.count(), DataRequest.objects.count()) == counts, "a second time does nothing"
