"""All or a rubric closed, told before and in its place, while the rest lives."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from havre.commons.content import actions
from havre.commons.content.actions import WrongContent
from havre.commons.content.queries import forget_published
from havre.doors.portal import closures
from havre.foundation.db import Role
from tests.builders import a_legal_text
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, TODAY, Member, that_day

__all__ = ["that_day"]
pytestmark = pytest.mark.django_db
FILE = """
in_force_from: 2026-06-01
closed:
  - id: works
    since: {since}
    until: {until}
    rubrics: {rubrics}
    message: {{fr: On refait le quai., en: The quay is being rebuilt.}}
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    forget_published()
    yield
    forget_published()


def close(
    folder: Path,
    *rubrics: str,
    since: str = "2026-06-15 08:00",
    until: str = "2026-06-15 14:00",
) -> None:
    """At NOW it is noon in Paris."""
    text = FILE.format(since=since, until=until, rubrics=f"[{', '.join(rubrics)}]")
    (folder / "maintenance.yaml").write_text(text)
    with acting_as(Role.WORKER):
        found = actions.read_folder(folder, facts={})
        actions.publish(folder=found, author="someone", now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "On refait le quai."), ("en", "The quay is being rebuilt.")]
)
def test_a_closed_rubric_says_why_and_the_rest_lives(  # W18
    claire: Member, tmp_path: Path, language: str, said: str
) -> None:
    close(tmp_path, "reimbursements")

    answer = claire.client.get(f"/{language}/reimbursements")

    assert answer.status_code == 503
    assert answer["Retry-After"] == str(2 * 3600 + 1)
    assert said in answer.content.decode()
    assert claire.client.get(f"/{language}/reimbursements/not-settled").status_code == 503
    assert claire.client.get(f"/{language}/contracts").status_code == 200
    assert claire.client.get(f"/{language}/").status_code == 200


@pytest.mark.parametrize("name", closures.names())
def test_each_rubric_that_has_a_name_can_be_closed(
    claire: Member, tmp_path: Path, name: str
) -> None:
    close(tmp_path, name)

    assert claire.client.get(reverse(f"portal:{name}")).status_code == 503


def test_a_closed_home_closes_nothing_else(claire: Member, tmp_path: Path) -> None:
    close(tmp_path, "home")

    assert claire.client.get("/en/contracts").status_code == 200
    gate = Client(SERVER_NAME="localhost")
    assert gate.post("/en/sign-in", {"number": "1", "password": "x"}).status_code == 422


def test_a_closed_rubric_takes_nothing_and_says_so(claire: Member, tmp_path: Path) -> None:
    close(tmp_path, "certificates")

    answer = claire.client.post("/en/certificates", {"person": "x"})

    assert answer.status_code == 503
    assert "What you sent was not saved." in answer.content.decode()


def test_a_closed_space_leaves_the_gate_the_texts_and_sign_out(  # W18
    claire: Member, tmp_path: Path
) -> None:
    a_legal_text(slug="terms", language="en")
    close(tmp_path)

    for path in ("", "contracts", "profile", "more", "first-sign-in/terms"):
        assert claire.client.get(f"/en/{path}").status_code == 503, path
    assert claire.client.get("/en/terms").status_code == 200
    stranger = Client(SERVER_NAME="localhost")
    gate = stranger.get("/en/sign-in").content.decode()
    assert "The quay is being rebuilt." in gate
    assert 'name="password"' not in gate
    assert stranger.post("/en/sign-in", {"number": "1", "password": "x"}).status_code == 503
    assert stranger.get("/en/create-account").status_code == 503
    assert claire.client.post("/en/sign-out").status_code == 302


def test_a_closure_is_told_at_the_gate_a_week_before(that_day: None, tmp_path: Path) -> None:  # W18
    close(tmp_path, since="2026-06-22 02:00", until="2026-06-22 04:00")

    gate = Client(SERVER_NAME="localhost").get("/fr/sign-in").content.decode()

    assert "lundi 22 juin" in gate
    assert "heure de Paris" in gate
    assert 'name="password"' in gate
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        assert "22 juin" not in Client(SERVER_NAME="localhost").get("/fr/sign-in").content.decode()


def test_a_closure_begins_and_ends_by_itself(claire: Member, tmp_path: Path) -> None:
    close(tmp_path, "contracts", since="2026-06-15 12:01", until="2026-06-15 12:03")

    answers = []
    for minute in (0, 1, 2, 3):
        with time_machine.travel(datetime(2026, 6, 15, 10, minute, tzinfo=UTC), tick=False):
            answers.append(claire.client.get("/en/contracts").status_code)
    assert answers == [200, 503, 503, 200]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"rubrics": "nowhere"}, "closed[0].rubrics: nowhere is none of home, contracts"),
        ({"rubrics": "emergency"}, "closed[0].rubrics: emergency is none of"),
        ({"since": "2026-06-31 02:00"}, "closed[0].since: is no day and hour"),
        ({"until": "2026-06-15 08:00"}, "closed[0].until: is not after since"),
    ],
)
def test_a_file_that_closes_nothing_that_exists_is_refused(
    tmp_path: Path, wrong: dict[str, str], why: str
) -> None:
    given = {"since": "2026-06-15 08:00", "until": "2026-06-15 14:00", "rubrics": "contracts"}
    given |= wrong
    given["rubrics"] = f"[{given['rubrics']}]"
    (tmp_path / "maintenance.yaml").write_text(FILE.format(**given))

    with pytest.raises(WrongContent) as caught:
        actions.read_folder(tmp_path, facts={})

    assert why in str(caught.value)
