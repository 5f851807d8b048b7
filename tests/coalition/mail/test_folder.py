from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.coalition.mail.sending import deliver
from tests.factories.mail import LetterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND = "coalition.mail.folder.FolderBackend"
    settings.EMAIL_FOLDER = tmp_path / "mail"
    return settings.EMAIL_FOLDER


def test_every_letter_is_one_whole_file_in_the_order_of_sending(folder, now):
    letters = LetterFactory.create_batch(3)

    assert deliver(now) == {"sent": 3}

    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    read = [message_from_bytes(file.read_bytes(), policy=default)["Message-ID"] for file in files]
    assert read == [letter.message_id for letter in letters]


def test_a_folder_that_cannot_be_written_leaves_a_reason(folder, now):
    folder.write_text("a file is in the way")
    letter = LetterFactory()

    assert deliver(now) == {"unknown": 1}

    letter.refresh_from_db()
    assert "FileExistsError" in letter.reason
