"""The layouts and every piece, rendered."""

import re
from html.parser import HTMLParser
from typing import Any

import jinja2
import pytest
from django.template.backends.utils import csrf_input
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import path

from havre.doors.ui.forms import Form
from havre.doors.ui.shell import NavItem, Operator
from tests.doors.ui.components import UI, environment, render, shell

STYLESHEET = UI / "static/ui/havre.css"
SPRITE = UI / "static/ui/icons.svg"
PAGES = ("components.jinja", "gate.jinja")


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def attributes(html: str, tag: str) -> list[dict[str, str | None]]:
    return [attrs for name, attrs in Tags(html).found if name == tag]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_inline(page: str) -> None:
    html = render(page)
    for tag, attrs in Tags(html).found:
        assert "style" not in attrs, tag
        assert not [name for name in attrs if name.startswith("on")]
        assert tag != "style"
        assert tag != "script" or attrs.get("src")


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_what_is_pointed_at_exists(page: str) -> None:
    tags = Tags(render(page)).found
    ids = [attrs["id"] for _tag, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    pointed = {
        target
        for _tag, attrs in tags
        for name in ("for", "aria-labelledby", "aria-describedby", "data-reveal")
        for target in (attrs.get(name) or "").split()
    }
    assert pointed <= set(ids)


@pytest.mark.parametrize("page", PAGES)
def test_every_icon_used_is_in_the_sprite(page: str) -> None:
    kept = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))
    used = set(re.findall(r"icons\.svg#([\w-]+)", render(page)))
    assert used
    assert used <= kept


def test_the_page_says_its_language_its_title_and_that_it_is_personal() -> None:  # W1
    html = render("components.jinja")
    assert attributes(html, "html")[0] == {"lang": "fr", "data-personal": None}
    assert "<title>Composants | Assurances du Large</title>" in html
    assert attributes(render("components.jinja", language="en"), "html")[0]["lang"] == "en"
    assert "data-personal" not in attributes(render("gate.jinja", account=None), "html")[0]


def test_a_chosen_theme_is_on_the_page() -> None:
    assert attributes(render("gate.jinja", theme="dark"), "html")[0]["data-theme"] == "dark"


def test_sign_out_is_a_form_on_every_page_of_a_member() -> None:  # W16
    form = attributes(render("components.jinja"), "form")[0]
    assert form == {"method": "post", "action": "/fr/sign-out"}
    assert "Se déconnecter" in render("components.jinja")
    assert "/fr/sign-out" not in render("components.jinja", account=None)


@pytest.mark.parametrize("page", PAGES)
def test_language_and_legal_links_are_on_every_page(page: str) -> None:  # W1 W4
    html = render(page)
    assert attributes(html, "footer")
    footer = html[html.index("<footer>") :]
    assert '<a href="/en/" lang="en" hreflang="en">English</a>' in footer
    for label in ("Conditions générales", "Mentions légales", "Confidentialité"):
        assert label in footer


def test_the_gate_shows_the_service() -> None:  # W19
    html = render("gate.jinja")
    assert 'href="tel:+33199001234"' in html
    assert "service@assurances-du-large.example" in html
    assert "Du lundi au vendredi" in html


def test_the_demo_strip_is_there_only_when_told() -> None:
    assert "personnes fictives" in render("gate.jinja")
    assert 'class="demo"' not in render("gate.jinja", demo_notice=None)


def test_what_is_remembered_of_the_frame_is_of_this_language_and_these_rubrics() -> None:
    a_process = environment()  # it remembers what it drew before

    def frame(**changes: Any) -> str:
        return render("components.jinja", drawn_by=a_process, **changes)

    assert 'aria-label="Rubriques"' in frame()
    assert 'aria-label="Main menu"' in frame(language="en")
    assert "Une autre rubrique" in frame(nav=(NavItem("Une autre rubrique", "#", "house"),) * 3)
    assert "Autre maison" in frame(operator=Operator(name="Autre", legal_name="Autre maison"))


def test_one_rubric_is_current() -> None:
    links = [a for a in attributes(render("components.jinja"), "a") if a.get("aria-current")]
    assert [link["href"] for link in links] == ["#3", "#3"]  # the rubric, and the tabs of the sheet


def test_errors_stand_beside_their_field_and_on_top() -> None:
    html = render("gate.jinja", data={"birth_date": "31/11/2026"})
    entry = next(a for a in attributes(html, "input") if a.get("id") == "number")
    assert entry["aria-invalid"] == "true"
    assert entry["aria-describedby"] == "number-hint number-error"
    assert '<a href="#number">' in html
    summary = next(a for a in attributes(html, "div") if "data-errors" in a)
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")


def test_a_form_without_error_has_no_summary() -> None:
    html = (
        environment()
        .from_string('{% import "ui/parts.jinja" as ui %}{{ ui.error_summary(form) }}')
        .render(form=Form({}))
    )
    assert html.strip() == ""


def test_what_people_typed_is_escaped() -> None:
    html = render("gate.jinja", data={"number": '"><script>alert(1)</script>'})
    assert "<script>alert" not in html


def test_a_name_that_was_not_given_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ nobody }}").render()


def test_messages_in_templates_are_translated_and_escaped(french: None) -> None:
    template = environment().from_string('{{ _("Sign out") }} {{ _("%(city)s time", city=city) }}')
    assert template.render(city="<b>") == "Se déconnecter heure &lt;b&gt;"


def test_django_finds_the_layouts_and_gives_the_request(rf: RequestFactory) -> None:
    html = get_template("ui/member.jinja").template.environment.from_string(
        '{% extends "ui/member.jinja" %}{% block title %}T{% endblock %}'
    )
    assert "csrfmiddlewaretoken" in html.render(
        {"shell": shell(), "csrf_input": csrf_input(rf.get("/fr/"))}
    )


def test_a_message_over_two_lines_is_looked_up_as_it_was_extracted(french: None) -> None:
    source = "{% trans %}\n  Your health base,\n  wherever you live.\n{% endtrans %}"
    assert environment().from_string(source).render() == (
        "Votre port d’attache santé, où que vous viviez."
    )


urlpatterns = [path("contracts/<int:number>", lambda _request: None, name="contract")]


@pytest.mark.urls(__name__)
def test_addresses_are_made_from_names() -> None:
    source = environment().from_string("{{ url('contract', number=7) }}")
    assert source.render() == "/contracts/7"


def test_the_operators_logo_takes_the_place_of_our_mark() -> None:
    operator: Any = shell().operator
    html = render("gate.jinja", operator=type(operator)(name="A", legal_name="A", logo="/logo.svg"))
    assert {"src": "/logo.svg", "alt": ""} in attributes(html, "img")
    assert "icons.svg#mark" not in html


def test_the_stylesheet_is_small_and_reaches_for_nothing() -> None:  # P9
    css = STYLESHEET.read_text()
    assert len(css.encode()) < 24 * 1024
    assert "url(" not in css
    assert "@import" not in css


def test_both_ways_into_dark_hold_the_same_values() -> None:
    css = STYLESHEET.read_text()
    chosen = css.split(":root[data-theme=dark]{")[1].split("}")[0]
    followed = css.split(":root:not([data-theme=light]){")[1].split("}")[0]
    assert chosen == followed
