import pytest

from coalition.mail import kinds
from coalition.mail.kinds import LetterKind
from coalition.mail.rules import Stream
from tests.tasks import trial


def test_a_kind_is_known_by_its_name():
    assert kinds.find("trial/digest").stream == Stream.DIGEST
    assert "trial/digest" in kinds.names()


def test_the_same_name_for_two_kinds_is_a_mistake():
    with pytest.raises(ValueError, match="registered twice"):
        kinds.register(LetterKind("trial/digest", Stream.SERVICE, trial.prepare))


def test_a_kind_that_nobody_writes_is_not_found():
    with pytest.raises(LookupError, match="no room writes"):
        kinds.find("trial/forgotten")
