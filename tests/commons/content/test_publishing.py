"""Content is published in versions: all or none, kept for ever, with a way back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from havre.commons.content import actions, queries
from havre.commons.content.actions import Late, NoSuchVersion, PublishedMeanwhile, TextChanged
from havre.commons.content.models import File, Version
from havre.commons.content.queries import published
from havre.foundation.db import Role
from tests.commons.content.kinds import NOW, ONE, TIDES, TODAY, a_pdf, publish, read, written
from tests.database import acting_as

pytestmark = pytest.mark.django_db
OTHER = ONE.replace("Vive-eau", "Grande marée")
TERMS = "---\ntitle: {title}\nversion: 1.0\nin_force_from: 2026-03-01\n---\nText\n"


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    from havre.commons.content.actions import folders

    monkeypatch.setattr(folders, "_kinds", {"tides": TIDES})


def shown(day: date = TODAY) -> str | None:
    """The French title in force on a day, read by a process that remembers nothing."""
    queries.forget_published()
    found = queries.in_force(TIDES, today=day)
    return found.document.tides[0].title.fr if found else None


def numbers() -> list[int]:
    return [one.number for one in queries.history(kind="tides")]


def test_the_same_again_changes_nothing(tmp_path):
    assert publish(written(tmp_path)).published == ("tides version 1",)
    again = publish(written(tmp_path), now=NOW + timedelta(days=1))
    assert (again.published, again.same) == ((), 1)
    assert numbers() == [1]


def test_what_changes_is_a_new_version_and_the_old_one_stays(tmp_path):
    publish(written(tmp_path))
    publish(written(tmp_path, OTHER))
    assert shown() == "Grande marée"
    (new, old) = queries.history(kind="tides")
    assert (new.number, old.number, new.author) == (2, 1, "someone")
    assert Version.objects.get(number=1).document["tides"][0]["title"]["fr"] == "Vive-eau"


def test_a_version_waits_for_its_day(tmp_path):
    publish(written(tmp_path))
    later = OTHER.replace("2026-03-01", "2026-04-01")
    publish(written(tmp_path, later))
    assert [shown(date(2026, 2, 28)), shown(date(2026, 3, 31)), shown(date(2026, 4, 1))] == [
        None,
        "Vive-eau",
        "Grande marée",
    ]
    assert publish(written(tmp_path, later)).same == 1
    assert publish(written(tmp_path, ONE)).same == 1


def test_a_version_that_nobody_would_see_is_refused(tmp_path):
    publish(written(tmp_path))
    with pytest.raises(Late, match="is in force from 2026-03-01: nobody would see it"):
        publish(written(tmp_path, OTHER.replace("2026-03-01", "2026-02-01")))


def test_back_publishes_an_earlier_version_anew(tmp_path):
    publish(written(tmp_path))
    publish(written(tmp_path, OTHER))
    with acting_as(Role.WORKER):
        again = actions.publish_again(
            kind="tides", number=1, author="someone", now=NOW, today=TODAY
        )
    assert (again, shown(), numbers()) == (3, "Vive-eau", [3, 2, 1])
    assert queries.history(kind="tides")[0].back_to == 1
    with acting_as(Role.WORKER), pytest.raises(NoSuchVersion):
        actions.publish_again(kind="tides", number=9, author="someone", now=NOW, today=TODAY)


def test_nothing_is_published_when_one_thing_is_refused(tmp_path):
    for language in ("fr", "en"):
        written(tmp_path, TERMS.replace("{title}", "A"), name=f"terms.{language}.md")
    publish(tmp_path)
    written(tmp_path, TERMS.replace("{title}", "Another"), name="terms.fr.md")
    with pytest.raises(TextChanged):
        publish(written(tmp_path))
    assert numbers() == []


def test_a_diff_says_what_changes_and_changes_nothing(tmp_path):
    publish(written(tmp_path))
    (change,) = actions.changes(folder=read(written(tmp_path, OTHER)), today=TODAY)
    told = [line for line in change.lines if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert told == ["-    fr: Vive-eau", "+    fr: Grande marée"]
    assert numbers() == [1]
    assert actions.changes(folder=read(written(tmp_path)), today=TODAY) == []


def test_a_file_that_changes_is_a_change(tmp_path):
    text = ONE + "    chart: spring.pdf\n"
    (tmp_path / "tides").mkdir()
    chart = tmp_path / "tides" / "spring.pdf"
    for body in (a_pdf("one"), a_pdf("two")):
        chart.write_bytes(body)
        publish(written(tmp_path, text))
    assert (numbers(), File.objects.count()) == ([2, 1], 2)
    found = queries.in_force(TIDES, today=TODAY)
    assert queries.whole_file(found.files["spring.pdf"]) == a_pdf("two")


def test_a_large_file_comes_in_parts(tmp_path):
    body = b"\x89PNG\r\n" + bytes(range(256)) * 2048
    (tmp_path / "tides").mkdir()
    (tmp_path / "tides" / "spring.png").write_bytes(body)
    publish(written(tmp_path, ONE + "    chart: spring.png\n"))
    file = queries.in_force(TIDES, today=TODAY).files["spring.png"]
    parts = list(queries.file_parts(file))
    assert (len(parts), b"".join(parts)) == (3, body)


def test_the_site_may_not_publish(tmp_path):
    with pytest.raises(DatabaseError):
        actions.publish(folder=read(written(tmp_path, OTHER)), author="x", now=NOW, today=TODAY)


@pytest.mark.parametrize("role", [Role.WEB, Role.EDITOR])
@pytest.mark.parametrize(
    "change", ["UPDATE content_version SET author = 'x'", "DELETE FROM content_version"]
)
def test_what_was_published_is_never_changed(change, role):
    with pytest.raises(DatabaseError), acting_as(role), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_editor_reaches_no_person():
    with pytest.raises(DatabaseError), acting_as(Role.EDITOR), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person")


class TestRemembering:
    def test_a_page_asks_nothing_for_some_seconds_then_one_count(
        self, tmp_path, monkeypatch, django_assert_num_queries
    ):
        publish(written(tmp_path))
        clock = [100.0]
        monkeypatch.setattr(published, "monotonic", lambda: clock[0])
        with django_assert_num_queries(2):  # the count, and the version
            queries.in_force(TIDES, today=TODAY)
        with django_assert_num_queries(0):
            queries.in_force(TIDES, today=TODAY)
        clock[0] += published.FRESH_SECONDS
        with django_assert_num_queries(1):
            queries.in_force(TIDES, today=TODAY)
        with django_assert_num_queries(2):  # another day: another version, perhaps
            queries.in_force(TIDES, today=TODAY + timedelta(days=1))

    def test_what_another_process_published_is_seen(self, tmp_path, monkeypatch):
        publish(written(tmp_path))
        assert shown() == "Vive-eau"
        clock = [published.monotonic()]
        monkeypatch.setattr(published, "monotonic", lambda: clock[0])
        remembered = published._memory
        publish(written(tmp_path, OTHER))
        monkeypatch.setattr(published, "_memory", remembered)
        clock[0] += published.FRESH_SECONDS
        assert queries.in_force(TIDES, today=TODAY).document.tides[0].title.fr == "Grande marée"


@pytest.mark.django_db(transaction=True)
def test_of_two_loads_at_once_one_is_refused_and_nothing_is_mixed(tmp_path, monkeypatch):
    from havre.commons.content.actions import publishing

    publish(written(tmp_path / "first"))
    monkeypatch.setattr(publishing, "_next_number", lambda _kind: 1)  # as the other one saw it
    with pytest.raises(PublishedMeanwhile):
        publish(written(tmp_path / "second", OTHER), now=datetime(2026, 3, 3, tzinfo=UTC))
    assert (numbers(), shown()) == ([1], "Vive-eau")
