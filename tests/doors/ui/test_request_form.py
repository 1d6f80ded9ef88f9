"""The form of a request: each kind of answer read, kept and drawn again, whatever was typed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines

from havre.doors.ui.request_form import Lines, Question, begun, bind, is_of_lines, read
from havre.doors.ui.request_recap import recap
from havre.journeys.requests.checking import TYPED
from havre.journeys.requests.words import Note, Problem, Step
from tests.doors.ui.asked_of_someone import CLAIRE, CONTRACT, EVERYTHING, INES, posted, someone

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
N = "\N{NO-BREAK SPACE}"
pytestmark = pytest.mark.usefixtures("french")


def typed_in(held: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    return read(EVERYTHING, someone(), held or {}, posted(**given), now=NOW).answers


def drawn(held: dict[str, Any], path: str, **more: Any) -> Any:
    """The controls of a question, by its path."""
    form = bind(EVERYTHING, someone(), held, now=NOW, **more)
    for part in form.parts:
        questions = part.rows[0].questions if isinstance(part, Lines) else (part,)
        for one in questions:
            if isinstance(one, Question) and one.drawn.views[0].id == path:
                return one.drawn.views
    raise KeyError(path)


@pytest.mark.parametrize(
    ("given", "name", "kept", "again"),
    [
        ({"text": "  Bonjour "}, "text", "Bonjour", "Bonjour"),
        ({"long": "a\r\nb"}, "long", "a\nb", "a\nb"),
        ({"day": "12 mars 2026"}, "day", "2026-03-12", "12/03/2026"),
        ({"number": "6"}, "number", "6", "6"),
        ({"iban": "fr76 3000 6000 0112 3456 7890 189"}, "iban", "FR7630006000011234567890189",
         "FR76 3000 6000 0112 3456 7890 189"),
        ({"email": "a@example.org"}, "email", "a@example.org", "a@example.org"),
        ({"phone": "55 1234 5678"}, "phone", "+525512345678", f"+52{N}55{N}1234{N}5678"),
        ({"nir": "1 85 05 78 006 084 91"}, "nir", "185057800608491", "1 85 05 78 006 084 91"),
    ],
)  # fmt: skip
def test_an_answer_is_kept_in_one_way_and_comes_back_as_one_types_it(
    given: dict[str, str], name: str, kept: str, again: str
) -> None:
    answers = typed_in(**given)
    assert answers[name] == kept
    assert drawn(answers, name)[0].value == again
    assert answers[TYPED] == {}


def test_an_amount_is_kept_with_its_currency() -> None:
    answers = typed_in(amount__amount="1 234,50", amount__currency="MXN")
    assert answers["amount"] == {"amount": "1234.50", "currency": "MXN"}
    amount, currency = drawn(answers, "amount")
    assert amount.value == "1234,50"
    assert [one.value for one in currency.options][:2] == ["MXN", "EUR"]
    assert [one.value for one in currency.options if one.chosen] == ["MXN"]


@pytest.mark.parametrize("space", [" ", N, "\u202f", "\u2009", "\u2007", "’", "'"])
@pytest.mark.parametrize("mark", [",", "."])
def test_an_amount_is_read_with_any_space_between_its_thousands(space: str, mark: str) -> None:
    answers = typed_in(amount__amount=f"1{space}234{mark}56{space}€", amount__currency="EUR")
    assert answers["amount"] == {"amount": "1234.56", "currency": "EUR"}


@pytest.mark.parametrize("typed", ["NaN", "inf", "-Infinity", "1e99", "-5", "−5", "1_0", "9" * 30])
def test_what_is_no_number_is_kept_as_typed_and_said(typed: str) -> None:
    answers = typed_in(amount__amount=typed, amount__currency="EUR", number=typed)
    amount, number = drawn(answers, "amount")[0], drawn(answers, "number")[0]
    assert (amount.value, number.value) == (typed, typed)
    assert amount.problems == ("Écrivez un montant, par exemple 92,50 ou 1 234,50.",)
    assert number.problems == ("Écrivez un nombre, par exemple 6.",)


def test_yes_no_and_ticks_are_true_or_false() -> None:
    answers = typed_in(abroad="no", tick="on")
    assert (answers["abroad"], answers["tick"]) == (False, True)
    assert typed_in()["tick"] is False
    assert typed_in()["abroad"] is None


def test_choices_are_those_listed_and_no_other() -> None:
    answers = typed_in(choice="a", choices=["b", "a"], person=str(INES), contract=str(CONTRACT))
    assert answers["choice"] == "a"
    assert answers["choices"] == ["a", "b"]
    assert (answers["person"], answers["contract"]) == (str(INES), str(CONTRACT))
    strangers = typed_in(choice="z", choices=["a", "z"], person=str(CONTRACT))
    assert {strangers[name] for name in ("choice", "choices", "person")} == {None}
    assert set(strangers[TYPED]) == {"choice", "choices", "person"}


def test_people_and_contracts_of_the_household_are_offered() -> None:
    people = drawn({}, "person")[0]
    assert [(one.value, one.label) for one in people.options] == [
        (str(CLAIRE), "Claire Aubrac"),
        (str(INES), "Inès Aubrac"),
    ]
    contract = drawn({}, "contract")[0]
    assert [(one.label, one.chosen) for one in contract.options] == [("Cap, K-1", True)]


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ({"day": "31/11/2025"}, "day", "Novembre 2025 a 30 jours. Vérifiez le jour."),
        ({"day": "16/06/2026"}, "day", "Écrivez un jour, au plus tard le 15 juin 2026."),
        ({"text": "x" * 11}, "text", "Écrivez au plus 10 caractères."),
        ({"number": "51"}, "number", "Écrivez 50 ou moins."),
        ({"email": "claire"}, "email", "Écrivez une adresse comme nom@exemple.fr."),
        ({"amount.amount": "1,234", "amount.currency": "EUR"}, "amount",
         f"Écrivez les milliers avec une espace, ou deux décimales{N}: 1 234,50."),
        ({"number": "1,234"}, "number",
         f"Écrivez les milliers avec une espace, ou deux décimales{N}: 1 234,50."),
        ({"amount.amount": "12,5", "amount.currency": "JPY"}, "amount",
         "JPY s’écrit sans décimales."),
        ({"amount.amount": "12,3456", "amount.currency": "EUR"}, "amount",
         "EUR a 2 décimales au plus."),
        ({"amount.amount": "1" * 13, "amount.currency": "EUR"}, "amount",
         f"Vérifiez le montant{N}: il sort de ce qui peut être demandé ici."),
        ({"amount.amount": "12", "amount.currency": "XXX"}, "amount",
         "Choisissez la monnaie du montant."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_as_typed_and_said(
    given: dict[str, str], name: str, words: str
) -> None:
    answers = typed_in(**{key.replace(".", "__"): value for key, value in given.items()})
    assert answers[name] is None
    assert name in answers[TYPED]
    view = drawn(answers, name)[0]
    assert view.value == next(iter(given.values()))
    assert view.problems == (words,)
    assert (name, words) in bind(EVERYTHING, someone(), answers, now=NOW).summary


def test_what_is_mended_is_no_longer_kept_as_typed() -> None:
    wrong = typed_in(day="never")
    assert typed_in(wrong, day="1/2/2026")[TYPED] == {}


def test_what_another_page_could_not_read_stays() -> None:
    assert typed_in({TYPED: {"elsewhere": {"": ["x"]}}})[TYPED] == {"elsewhere": {"": ["x"]}}


def test_an_address_has_the_parts_of_its_country() -> None:
    answers = typed_in(
        home__country="FR",
        home__street_address="3 rue du Port\n",
        home__postal_code="29200",
        home__city="Brest",
    )
    assert answers["home"] == {
        "lines": ["3 rue du Port"],
        "country": "FR",
        "postal_code": "29200",
        "city": "Brest",
    }
    assert [view.name for view in drawn(answers, "home")] == [
        "home.country",
        "home.street_address",
        "home.postal_code",
        "home.city",
    ]
    assert "home.country_area" in [view.name for view in drawn({}, "home")]  # in Mexico
    assert typed_in(home__country="FR")["home"] is None
    wrong = typed_in(home__country="FR", home__street_address="x", home__city="B")
    assert drawn(wrong, "home")[0].problems == (f"Remplissez «{N}Code postal{N}».",)
    assert drawn(wrong, "home")[1].value == "x"


def test_a_question_that_depends_on_another_is_hidden_until_it_is_asked() -> None:
    form = bind(EVERYTHING, someone(), {}, now=NOW)
    country = next(
        one
        for one in form.parts
        if isinstance(one, Question) and one.drawn.views[0].id == "country"
    )
    assert (country.asked, country.when) == (False, ("abroad", "yes"))
    form = bind(EVERYTHING, someone(), {"abroad": True}, now=NOW)
    country = next(
        one
        for one in form.parts
        if isinstance(one, Question) and one.drawn.views[0].id == "country"
    )
    assert country.asked


def test_lines_are_added_and_removed_by_their_buttons() -> None:
    two = {"lines.0.day": "1/2/2026", "lines.1.day": "3/2/2026", "lines._rows": "2"}

    def after(what: str) -> list[Any]:
        made = posted(_do=what)
        for key, value in two.items():
            made.setlist(key, [value])
        return list(read(EVERYTHING, someone(), {}, made, now=NOW).answers["lines"])

    assert after("next") == [{"day": "2026-02-01"}, {"day": "2026-02-03"}]
    assert after("add:lines") == [{"day": "2026-02-01"}, {"day": "2026-02-03"}, {}]
    assert after("remove:lines:0") == [{"day": "2026-02-03"}]
    assert after("remove:lines:7") == after("add:others") == after("next")
    assert is_of_lines("add:lines")
    assert not is_of_lines("next")


def test_what_could_not_be_read_follows_its_line() -> None:
    made = posted(_do="remove:lines:0")
    made.setlist("lines._rows", ["2"])
    made.setlist("lines.0.day", ["never"])
    made.setlist("lines.1.day", ["soon"])
    answers = read(EVERYTHING, someone(), {}, made, now=NOW).answers
    assert answers["lines"] == [{}]
    assert answers[TYPED] == {"lines.0.day": {"": ["soon"]}}


@pytest.mark.parametrize(
    ("rows", "what"), [("9" * 5000, "next"), ("1", "remove:lines:" + "9" * 5000), ("-1", "next")]
)
def test_a_number_of_lines_that_nobody_counts_to_is_none(rows: str, what: str) -> None:
    made = posted(_do=what)
    made.setlist("lines._rows", [rows])
    made.setlist("lines.0.day", ["1/2/2026"])
    assert len(read(EVERYTHING, someone(), {}, made, now=NOW).answers["lines"]) <= 1


def test_no_more_lines_than_may_be() -> None:
    made = posted(_do="add:lines")
    made.setlist("lines._rows", ["100000000"])
    answers = read(EVERYTHING, someone(), {}, made, now=NOW).answers
    assert len(answers["lines"]) == 3
    form = bind(EVERYTHING, someone(), answers, now=NOW)
    group = next(part for part in form.parts if isinstance(part, Lines))
    assert (group.add, len(group.rows)) == ("", 3)


def test_problems_stand_beside_their_question_and_on_top() -> None:
    problems = [
        Problem("all", "text", "«Objet» manque."),
        Problem("all", "lines.0.day", "La date manque."),
        Problem("all", "", "Rien ne va."),
        Problem("all", "gone", "Ailleurs."),
        Problem("other", "day", "D’une autre page."),
    ]
    form = bind(EVERYTHING, someone(), {}, now=NOW, problems=problems)
    assert form.summary == (
        ("", "Rien ne va."),
        ("", "Ailleurs."),
        ("text", "«Objet» manque."),
        ("lines.0.day", "La date manque."),
    )
    assert drawn({}, "text", problems=problems)[0].problems == ("«Objet» manque.",)


def test_the_shape_tells_when_other_questions_stand_there() -> None:
    def shape(held: dict[str, Any]) -> str:
        return bind(EVERYTHING, someone(), held, now=NOW).shape

    assert shape({}) == shape({"text": "x", "abroad": True})
    assert shape({}) != shape({"home": {"lines": [], "country": "FR"}})
    assert shape({}) != shape({"lines": [{}, {}]})


def test_a_recap_says_each_answer_in_words() -> None:
    answers = typed_in(
        text="Dent",
        day="12/03/2026",
        amount__amount="92,50",
        amount__currency="EUR",
        abroad="no",
        country="FR",
        person=str(INES),
        contract=str(CONTRACT),
        choices=["a", "b"],
        home__country="FR",
        home__street_address="3 rue du Port",
        home__postal_code="29200",
        home__city="Brest",
        lines___rows="1",
        lines__0__day="1/2/2026",
    )
    found = {one.label: one for one in recap(EVERYTHING, someone(), answers, now=NOW)}
    assert {label: one.value for label, one in found.items() if not one.rows} == {
        "Objet": "Dent",
        "Jour": "12 mars 2026",
        "Montant": f"92,50{N}€",
        "Lieux": "Ici, Là",
        "D’accord": "Non",
        "À l’étranger ?": "Non",
        "Pour qui": "Inès Aubrac",
        "Contrat": "Cap, K-1",
        "Adresse": "3 rue du Port\n29200 Brest\nFrance",
    }
    assert found["Soins"].rows == ((("Date", "1er février 2026"),),)


def test_nothing_begun_is_told_from_something_kept() -> None:
    assert not begun(EVERYTHING, {"elsewhere": 1})
    assert begun(EVERYTHING, typed_in())


def test_a_table_between_questions_is_drawn_with_its_head() -> None:
    rows = (("", "Comfort", "Horizon"), ("Dental", "€300", "€900"))
    table = Note(words="Both", rows=rows, caption="Side by side")
    step = Step(name="compare", title="Side by side", parts=(table,))
    form = bind(step, someone(), {}, now=NOW)
    template = engines["jinja2"].from_string(
        '{% from "ui/request.jinja" import questions %}{{ questions(form) }}'
    )
    page = template.render({"form": form})
    assert '<th scope="col">Horizon</th>' in page
    assert '<td data-l="Horizon">€900</td>' in page
