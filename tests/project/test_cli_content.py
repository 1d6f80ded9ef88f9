"""``havre content``, as an operator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.database import acting_as

from havre.commons.content.actions import count_answer
from havre.foundation.db import Role
from havre.project.cli import content, main, starting
from havre.project.demo.papers import FOLDER

pytestmark = pytest.mark.django_db
FAQ = (FOLDER / "content" / "faq.yaml").read_text()


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django runs already here, on the tests' database."""
    monkeypatch.setattr(starting, "start", lambda _user: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faq.yaml").write_text(FAQ)
    return tmp_path


def havre(*arguments: object, typed: str = "") -> Result:
    with acting_as(Role.WORKER):
        answer = CliRunner().invoke(
            main, ["content", *(str(one) for one in arguments)], input=typed
        )
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def test_what_changes_is_shown_and_asked(folder):
    answer = havre("load", folder, typed="n\n")
    assert "+topics:" in answer.stdout
    assert "Publish this?" in answer.stdout
    assert answer.exit_code == 1
    assert havre("history", "faq").stdout == ""
    assert "published: faq version 1" in havre("load", folder, "--by", "Ada", typed="y\n").stdout
    assert "by Ada" in havre("history", "faq").stdout


def test_the_same_again_asks_nothing(folder):
    havre("load", folder, "--yes")
    assert havre("load", folder).stdout == "0 published, 1 already there\n"
    assert havre("diff", folder).stdout == "nothing to publish\n"


def test_a_check_publishes_nothing(folder):
    assert havre("load", folder, "--check").stdout == "0 texts and 1 kinds: all right\n"
    assert havre("history", "faq").stdout == ""


def test_what_is_wrong_is_told_with_file_and_line(folder):
    (folder / "faq.yaml").write_text(FAQ.replace("id: claim\n", "id: time-limit\n"))
    answer = havre("load", folder, "--yes")
    assert answer.exit_code == 1
    assert "Error: faq.yaml, line " in answer.stderr
    assert "time-limit is there twice" in answer.stderr


def test_an_earlier_version_comes_back(folder):
    havre("load", folder, "--yes")
    (folder / "faq.yaml").write_text(FAQ.replace("I forgot my password", "My password is lost"))
    assert "+      en: My password is lost" in havre("diff", folder).stdout
    havre("load", folder, "--yes")
    assert havre("back", "faq", "1").stdout.startswith("published: faq version 3")
    first, *_others = havre("history", "faq").stdout.splitlines()
    assert first.startswith("3 ")
    assert first.endswith("back to version 1")
    assert "there is no version 9" in havre("back", "faq", "9").stderr
    assert (
        "poems is none of canned-texts, certificates, conditions"
        in havre("history", "poems").stderr
    )


def test_answers_are_counted(folder):
    today = content._day_of(content.datetime.now(content.UTC))
    count_answer(question="claim", helped=False, today=today)
    assert havre("answers").stdout == "claim: helped 0, did not 1\n"
