"""The content desk: drafts in both languages, their faults in words, publishing, history, the way back."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from havre.commons.content import actions, queries
from havre.commons.content.models import Draft, LegalText, Version
from havre.foundation.db import Actor, Channel, Role, acting
from havre.project import tasks
from havre.project.house_facts import house_facts
from tests.commons.content.kinds import a_pdf
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()
FAQ = """\
in_force_from: 2026-01-01
topics:
  - id: access
    title: {fr: Accès, en: Access}
    questions:
      - id: lost
        question: {fr: "Perdu ?", en: "Lost?"}
        answer: {fr: "Voyez [ici](contact).", en: "See [here](contact)."}
      - id: found
        question: {fr: "Retrouvé ?", en: "Found?"}
        answer: {fr: Bien., en: Good.}
"""


@pytest.fixture
def faq(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(FAQ)
    load(tmp_path)


def load(folder: Path) -> None:
    from django.conf import settings

    now = datetime.now(UTC)
    with acting_as(Role.WORKER):
        found = actions.read_folder(folder, facts=house_facts(settings.HAVRE), pages={"contact"})
        actions.publish(folder=found, author="operator", now=now, today=now.date())


@pytest.fixture
def editor(desk_client: DeskClient) -> Desk:
    return desk_client("EDITOR")


def step(desk: Desk, kind: str = "faq") -> int:
    with acting_as(Role.OWNER):
        rows = Draft.objects.filter(kind=kind, author=str(desk.id)).order_by("-step")
        return rows[0].step if rows else 0


def change(desk: Desk, kind: str = "faq", **form: Any) -> Any:
    return desk.post(f"content/{kind}/change", step=step(desk, kind), **form)


def write(desk: Desk, at: str, kind: str = "faq", **form: Any) -> Any:
    sent = {name.replace("__", "-"): value for name, value in form.items()}
    return desk.post(f"content/{kind}?at={at}", step=step(desk, kind), **sent)


def published(kind: str = "faq") -> Any:
    with acting_as(Role.OWNER):
        return Version.objects.filter(kind=kind).order_by("-number").first()


LOST = "topics.0.questions.0"


def lost(desk: Desk, **changes: str) -> Any:
    told = {
        "id": "lost",
        "question__fr": "Carte perdue ?",
        "question__en": "Lost card?",
        "answer__fr": "Appelez.",
        "answer__en": "Call.",
    }
    return write(desk, LOST, **{**told, **changes})


def test_what_is_written_stays_in_the_draft_until_it_is_published(faq: None, editor: Desk) -> None:
    answer = lost(editor)
    assert answer.status_code == 302
    assert published().number == 1
    assert "Lost card?" in editor.page("content/faq?at=topics.0")
    page = editor.page("content/faq/publish")
    assert "Topics › “Access” › Questions › “Lost card?” › Question" in page
    assert "<del>Perdu</del><ins>Carte perdue</ins>" in page
    assert page.index('<div lang="fr">') < page.index('<div lang="en">')
    answer = editor.post("content/faq/publish", seen=1, day=str(TODAY))
    assert answer.status_code == 302
    new = published()
    assert (new.number, new.author) == (2, str(editor.id))
    assert new.document["topics"][0]["questions"][0]["question"]["fr"] == "Carte perdue ?"
    assert step(editor) == 0
    assert "Nadia Ferrand" in editor.page("content/faq/versions")


def test_both_languages_stand_side_by_side(faq: None, editor: Desk) -> None:
    page = editor.page(f"content/faq?at={LOST}")
    for said in ('id="answer-fr"', 'lang="fr"', 'id="answer-en"', 'lang="en"', "Perdu ?", "Lost?"):
        assert said in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question__en": ""}, "Fill it in."),
        ({"id": "Lost card"}, "Use lower-case letters, digits and hyphens"),
        ({"answer__fr": "[ici](nowhere)"}, "leads nowhere"),
        ({"answer__fr": "{nothing}"}, "is no blank that is known"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    faq: None, editor: Desk, wrong: dict[str, str], said: str
) -> None:
    answer = lost(editor, **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Carte perdue ?" in editor.page(f"content/faq?at={LOST}")
    refused = editor.post("content/faq/publish", seen=1, day=str(TODAY))
    assert refused.status_code == 422
    assert published().number == 1
    assert "no preview yet" in editor.page("content/faq/preview/fr")


def test_an_identifier_given_twice_is_said_where_it_stands_again(faq: None, editor: Desk) -> None:
    lost(editor, id="found")
    page = editor.page("content/faq?at=topics.0")
    assert "One thing to mend" in page
    editor.page("content/faq/publish")
    texts = {"question__fr": "A", "question__en": "B", "answer__fr": "C", "answer__en": "D"}
    again = write(editor, "topics.0.questions.1", id="found", **texts)
    assert "“found” is there twice" in again.content.decode()


def test_entries_are_added_moved_removed_and_taken_back(faq: None, editor: Desk) -> None:
    def ids() -> list[str]:
        with acting_as(Role.OWNER):
            row = Draft.objects.filter(kind="faq").order_by("-step").first()
            return [one["id"] for one in row.document["topics"][0]["questions"]] if row else []

    change(editor, do="down", at=LOST)
    assert ids() == ["found", "lost"]
    answer = change(editor, do="add", at="topics.0.questions")
    assert answer["Location"].endswith("?at=topics.0.questions.2")
    assert ids() == ["found", "lost", ""]
    change(editor, do="remove", at="topics.0.questions.0")
    assert ids() == ["lost", ""]
    change(editor, do="undo")
    assert ids() == ["found", "lost", ""]
    change(editor, do="discard")
    assert ids() == []


def test_twice_sent_is_once_done(faq: None, editor: Desk) -> None:
    for _again in range(2):
        editor.post("content/faq/change", step=0, do="remove", at=LOST)
    assert step(editor) == 1


def test_another_window_is_told_and_loses_nothing(faq: None, editor: Desk) -> None:
    lost(editor)
    stale = editor.post(f"content/faq?at={LOST}", step=0, id="lost", **{"question-fr": "Égarée ?"})
    assert stale.status_code == 409
    assert "Égarée ?" in stale.content.decode()
    assert "changed in another window" in stale.content.decode()


def test_two_editors_are_shown_what_the_other_published(faq: None, desk_client: DeskClient) -> None:
    one, other = desk_client("EDITOR"), desk_client("EDITOR")
    lost(one)
    lost(other, question__en="Other words?")
    assert other.post("content/faq/publish", seen=1, day=str(TODAY)).status_code == 302
    late = one.post("content/faq/publish", seen=1, day=str(TODAY))
    assert late.status_code == 422
    assert "Other words?" in late.content.decode()
    assert "Somebody else published meanwhile" in late.content.decode()
    assert published().number == 2
    assert one.post("content/faq/publish", seen=2, day=str(TODAY)).status_code == 302
    assert published().document["topics"][0]["questions"][0]["question"]["en"] == "Lost card?"


def test_a_version_waits_for_its_day(faq: None, editor: Desk) -> None:
    lost(editor)
    day = TODAY + timedelta(days=9)
    editor.post("content/faq/publish", seen=1, day=str(day))
    assert published().in_force_from == day
    assert "Scheduled" in editor.page("content/faq/versions")
    queries.forget_published()
    found = queries.in_force(queries.FAQ, today=TODAY)
    assert found is not None
    assert found.number == 1
    past = editor.post("content/faq/versions/1", day=str(TODAY - timedelta(days=1)))
    assert past.status_code == 422


def at_noon(days: int) -> datetime:
    return datetime.combine(TODAY + timedelta(days=days), time(12), ZoneInfo("Europe/Paris"))


def planned_at(desk: Desk, moment: datetime, kind: str = "faq") -> Any:
    day, clock = str(moment.date()), moment.strftime("%H:%M")
    seen = published(kind).number if published(kind) else 0
    return desk.post(f"content/{kind}/publish", seen=seen, day=day, time=clock)


def due(now: datetime) -> None:
    with acting_as(Role.WORKER):
        tasks.publish_due(now=now)


def test_a_draft_is_published_at_its_moment_and_not_before(faq: None, editor: Desk) -> None:
    lost(editor)
    moment = at_noon(2)
    assert planned_at(editor, moment).status_code == 302
    assert "Is published on" in editor.page("content")
    assert "Paris time" in editor.page("content/faq")
    due(moment - timedelta(minutes=1))
    assert published().number == 1
    due(moment)
    due(moment)
    assert (published().number, published().author) == (2, str(editor.id))
    assert published().in_force_from == moment.date()
    assert step(editor) == 0


def test_a_moment_is_taken_back_by_any_editor_and_the_draft_stays(
    faq: None, editor: Desk, desk_client: DeskClient
) -> None:
    lost(editor)
    planned_at(editor, at_noon(2))
    other = desk_client("EDITOR")
    assert "Take the moment back" in other.page("content/faq")
    chosen = step(editor)
    for _again in range(2):
        other.post("content/faq/change", do="unplan", author=str(editor.id), step=chosen)
    due(at_noon(3))
    assert published().number == 1
    assert "Lost card?" in editor.page("content/faq?at=topics.0")


def test_a_change_loses_the_moment_and_undoing_it_does_not_bring_it_back(
    faq: None, editor: Desk
) -> None:
    lost(editor)
    planned_at(editor, at_noon(2))
    change(editor, do="remove", at="topics.0.questions.1")
    change(editor, do="undo")
    due(at_noon(3))
    assert published().number == 1
    assert step(editor) == 1


def test_a_moment_that_has_passed_is_refused(faq: None, editor: Desk) -> None:
    lost(editor)
    earlier = datetime.now(ZoneInfo("Europe/Paris")).replace(hour=0, minute=0)
    answer = planned_at(editor, earlier)
    assert answer.status_code == 422
    assert "Choose a time to come" in answer.content.decode()


def test_a_draft_that_cannot_be_published_waits_and_is_shown_as_late(
    editor: Desk, desk_client: DeskClient
) -> None:
    said = {"title__fr": "A", "title__en": "B", "text__fr": "C", "text__en": "D"}
    write(editor, "", "privacy", version="2", **said)
    planned_at(editor, at_noon(0) + timedelta(days=1), "privacy")
    other = desk_client("EDITOR")
    write(other, "", "privacy", version="2", **{**said, "text__en": "Another"})
    other.post("content/privacy/publish", seen=0, day=str(TODAY))
    due(at_noon(2))
    with acting_as(Role.OWNER):
        assert LegalText.objects.get(language="en", version="2").source == "Another\n"
        Draft.objects.filter(author=str(editor.id)).update(publish_at=at_noon(-2))
    assert "Should have been published" in editor.page("content/privacy")


def test_the_way_back_is_a_new_version(faq: None, editor: Desk) -> None:
    lost(editor)
    editor.post("content/faq/publish", seen=1, day=str(TODAY))
    assert "“Lost card?”" in editor.page("content/faq/versions/2")
    assert editor.post("content/faq/versions/1", day=str(TODAY)).status_code == 302
    assert (published().number, published().back_to) == (3, 1)


def test_an_earlier_version_is_taken_into_the_draft_and_undone(faq: None, editor: Desk) -> None:
    lost(editor)
    editor.post("content/faq/versions/1", do="draft", step=1)
    assert step(editor) == 2
    change(editor, do="undo")
    assert "Lost card?" in editor.page("content/faq?at=topics.0")


def test_the_preview_is_the_page_of_members_and_runs_nothing(faq: None, editor: Desk) -> None:
    lost(editor)
    for language, said in (("fr", "Carte perdue ?"), ("en", "Lost card?")):
        answer = editor.client.get(f"/desk/content/faq/preview/{language}")
        page = answer.content.decode()
        assert said in page
        assert f'<html lang="{language}"' in page
        assert f'href="/{language}/' in page
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_legal_text_gets_a_new_version_in_both_languages(editor: Desk) -> None:
    assert (
        write(
            editor,
            "",
            "privacy",
            version="2",
            title__fr="Vie privée",
            title__en="Privacy",
            text__fr="Un {operator}",
            text__en="One",
        ).status_code
        == 302
    )
    assert "Vie privée" in editor.page("content/privacy/preview/fr")
    assert editor.post("content/privacy/publish", seen=0, day=str(TODAY)).status_code == 302
    with acting_as(Role.OWNER):
        rows = LegalText.objects.filter(slug="privacy", version="2")
        assert {row.language: row.title for row in rows} == {"fr": "Vie privée", "en": "Privacy"}
        assert {row.author for row in rows} == {str(editor.id)}
        assert "{operator}" not in rows.get(language="fr").source
    write(
        editor, "", "privacy", version="2", title__fr="A", title__en="B", text__fr="C", text__en="D"
    )
    refused = editor.post("content/privacy/publish", seen=1, day=str(TODAY))
    assert "give the new text a new version" in refused.content.decode()


def test_a_file_is_sent_with_its_entry_and_one_that_lies_is_refused(editor: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    change(editor, "downloads", do="add", at="topics")
    write(editor, "topics.0", "downloads", id="guides", title__fr="Guides", title__en="Guides")
    change(editor, "downloads", do="add", at="downloads")
    change(editor, "downloads", do="add", at="downloads.0.papers")
    place = "downloads.0.papers.0"
    lies = SimpleUploadedFile("guide.pdf", b"<html>")
    answer = write(editor, place, "downloads", language="fr", file=lies)
    assert answer.status_code == 422
    assert "is not what its name says" in answer.content.decode()
    sent = SimpleUploadedFile("guide.pdf", a_pdf("guide"))
    assert write(editor, place, "downloads", language="fr", file=sent).status_code == 302
    with acting_as(Role.OWNER):
        row = Draft.objects.filter(kind="downloads").latest("step")
        assert set(row.files) == {"guide.pdf"}
        assert row.document["downloads"][0]["papers"][0]["file"] == "guide.pdf"
    write(
        editor,
        "downloads.0",
        "downloads",
        id="guide",
        topic="guides",
        title__fr="Le guide",
        title__en="The guide",
        about__fr="Tout",
        about__en="All",
        version="1",
        dated="2026-01-31",
    )
    assert "The guide" in editor.page("content/downloads/preview/en")
    assert editor.post("content/downloads/publish", seen=0, day=str(TODAY)).status_code == 302
    queries.forget_published()
    found = queries.in_force(queries.DOWNLOADS, today=TODAY)
    assert found is not None
    assert queries.whole_file(found.files["guide.pdf"]) == a_pdf("guide")


def test_every_kind_opens_and_lists_what_can_be_added(editor: Desk) -> None:
    for name in actions.editable_kinds():
        assert f"/desk/content/{name}" in editor.page("content")
        editor.page(f"content/{name}")
        editor.page(f"content/{name}/versions")
        assert "nothing to publish" in editor.page(f"content/{name}/publish")


def test_the_role_of_editors_reaches_no_person() -> None:  # S3
    reached = """
        SELECT a.attrelid::regclass::text, array_agg(a.attname::text)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND has_column_privilege('havre_editor', c.oid, a.attnum, 'SELECT, INSERT, UPDATE')
        GROUP BY 1
    """
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(reached)
        found = dict(cursor.fetchall())
    colleagues = set(found.pop("staff_staffmember"))  # who published: names, and nothing sealed
    assert not colleagues & {"email", "email_index", "password", "signed_in_at"}
    # What is published and what is sold: neither has a row about anybody.
    others = {
        name for name in found if name.split("_")[0] not in {"content", "products", "pricing"}
    }
    assert others == set()
    assert not any("household_id" in columns for columns in found.values())


def test_an_editor_at_the_desk_is_refused_by_the_database_itself(editor: Desk) -> None:
    actor = Actor(name=str(editor.id), channel=Channel.DESK, purpose="edit content")
    for table in ("people_person", "accounts_account", "messaging_message", "documents_document"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting(actor=actor, role=Role.EDITOR),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT FROM {table}")


def test_pages_take_as_many_statements_however_long_the_content(
    tmp_path: Path, faq: None, editor: Desk
) -> None:
    def counted() -> list[int]:
        counts = []
        for page in ("", "/faq", "/faq/publish", "/faq/versions", "/faq/versions/1"):
            with CaptureQueriesContext(connection) as seen:
                editor.page(f"content{page}")
            counts.append(len(seen))
        return counts

    lost(editor)
    editor.page("content")
    few = counted()
    many = "".join(
        f"""
      - id: question-{number}
        question: {{fr: Q, en: Q}}
        answer: {{fr: R, en: A}}"""
        for number in range(500)
    )
    for version in range(1, 4):
        (tmp_path / "faq.yaml").write_text(f"{FAQ.rstrip()}{many}".replace("Bien", str(version)))
        load(tmp_path)
    change(editor, do="discard")
    lost(editor)
    assert counted() == few
    assert max(few) <= 20
