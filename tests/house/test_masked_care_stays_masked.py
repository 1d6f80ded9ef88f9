"""Every page, document and export that a member can open, read by everyone of a household: words of care
that is not told to the reader are nowhere. New addresses are walked as soon as they are declared."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

import pikepdf
import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from havre.commons.content.queries import forget_terms_version
from havre.domains.people.models import Person
from havre.foundation.ids import new_id
from tests.builders import a_contract, a_cover, a_line, a_member, a_sharing, a_transfer, an_account
from tests.foundation.reading_pdf import text_of
from tests.house import visitors
from tests.house.addresses import ADDRESSES, AT_ROOT, asked_with, named_by
from tests.house.visitors import NOW, As, Owned

pytestmark = pytest.mark.django_db
KINDS = ("ordinary", "sensitive", "category", "withheld")
QUIET = """
version: tests
sensitive: [MENTAL_HEALTH]
private_from_age: 13
contracts: [{kind: COLLECTIVE, withholds: [AMOUNTS_OF_OTHERS]}]
"""
BORN = {
    "claire": ("HOLDER", date(1986, 4, 14)),
    "mathieu": ("SPOUSE", date(1984, 9, 2)),
    "agathe": ("CHILD", date(2005, 1, 1)),  # agreed to share with Claire
    "ines": ("CHILD", date(2010, 1, 1)),
    "leo": ("CHILD", date(2019, 1, 1)),
    "paul": ("SPOUSE", date(1980, 1, 1)),  # has left
}
# Whose words each reads, besides all of their own; a child too small to sign in reads nothing.
READ = {
    "claire": {"agathe": {"ordinary", "withheld"}, "ines": {"ordinary", "withheld"}},
    "mathieu": {"ines": {"ordinary", "withheld"}},
    "agathe": {},
    "ines": {},
    "paul": {},
}
READ["claire"]["leo"] = READ["mathieu"]["leo"] = set(KINDS)


class House:
    """A household in which each has one line of each kind, alone in a transfer and together in one."""

    def __init__(self) -> None:
        self.owned = visitors._owned("HV 10")
        self.id = self.owned.person.household_id
        self.people: dict[str, Person] = {}
        self.cookies: dict[str, str] = {}
        for number, (name, (link, born)) in enumerate(BORN.items()):
            self._move_in(name, link, born, f"HV 20{number}")
        a_sharing(person=self.people["agathe"], reader=self.people["claire"])
        self.quiet = a_contract(household=self.id, number="Q", kind="COLLECTIVE").id
        together = a_transfer(household=self.id, settled_on=date(2026, 6, 1))
        self.transfers = [together]
        for name in BORN:
            for kind in KINDS:
                alone = a_transfer(
                    household=self.id,
                    settled_on=date(2026, 6, 2),
                    payee="PROVIDER",
                    payee_name=word(name, kind),
                )
                self.transfers.append(alone)
                for transfer in (together, alone, None):
                    self._care(name, kind, transfer)

    def _move_in(self, name: str, link: str, born: date, number: str) -> None:
        end = date(2026, 6, 1) if name == "paul" else None
        person, membership = a_member(
            household=self.id,
            person={"first_name": name.title(), "birth_date": born},
            link=link,
            adherent_number=number,
            email=f"{name}@example.org",
            membership_end=end,
        )
        self.people[name] = person
        a_cover(contract=self.owned.contract, person=person)
        chosen = {"password_chosen_at": NOW, "email_confirmed_at": NOW, "state": "ACTIVE"}
        account = an_account(membership=membership, **chosen)
        visitors._accept(replace(self.owned, acceptance=new_id()), account)
        self.cookies[name] = visitors._session(account)

    def _care(self, name: str, kind: str, transfer: object) -> None:
        said = word(name, kind)
        a_line(
            person=self.people[name],
            transfer=transfer,  # type: ignore[arg-type]
            contract_id=self.quiet if kind == "withheld" else None,
            sensitive=kind == "sensitive",
            category="MENTAL_HEALTH" if kind == "category" else "DENTAL",
            **dict.fromkeys(("act", "provider", "claim", "guarantee", "reason", "clause"), said),
        )

    def browser(self, name: str) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.cookies["havre-session"] = self.cookies[name]
        return client

    def addresses(self) -> Iterator[str]:
        """Everything that a member gets by its address, for each thing that it can name."""
        for name, methods in ADDRESSES.items():
            if name in AT_ROOT or "GET" not in methods:
                continue
            if methods["GET"].get(As.MEMBER) not in {"200", "confirm"}:
                continue
            found = set()
            for owned in self._everything():
                url = reverse(f"portal:{name}", kwargs=named_by(name, owned))
                query = asked_with(name, owned)
                found.add(url + (f"?{urlencode(query)}" if query else ""))
            yield from sorted(found)

    def _everything(self) -> Iterator[Owned]:
        yield self.owned
        for transfer in self.transfers:
            yield replace(self.owned, transfer=transfer)
        for person in self.people.values():
            yield replace(self.owned, person=person, adult=person)


def word(name: str, kind: str) -> str:
    return f"CANARY{name}{kind}"


def may_read(reader: str) -> set[str]:
    own = {word(reader, kind) for kind in KINDS}
    return own | {word(name, kind) for name, kinds in READ[reader].items() for kind in kinds}


def every_word() -> set[str]:
    return {word(name, kind) for name in BORN for kind in KINDS}


def content(answer: HttpResponse) -> str:
    """What an answer says, whatever it is: a page, a PDF, a spreadsheet."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if body.startswith(b"%PDF"):
        with suppress(pikepdf.PdfError):  # the visitors' own is a stand-in
            return text_of(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return " ".join(
                archive.read(name).decode(errors="replace") for name in archive.namelist()
            )
    return body.decode(errors="replace")


@pytest.fixture
def house(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    rules = tmp_path_factory.mktemp("rules") / "quiet.yaml"
    rules.write_text(QUIET)
    monkeypatch.setattr(settings.HAVRE, "CONFIDENTIALITY", rules)
    with time_machine.travel(NOW, tick=False):
        visitors.a_world()  # the published texts
        yield House()
    forget_terms_version()


@pytest.mark.parametrize("reader", READ)
def test_words_of_masked_care_are_nowhere(house: House, reader: str) -> None:  # W20
    browser, leaks, read = house.browser(reader), [], set[str]()
    for address in house.addresses():
        said = content(browser.get(address))
        words = {one for one in every_word() if one in said}
        read |= words
        leaks += [f"{address}: {one}" for one in sorted(words - may_read(reader))]
    assert leaks == []
    # The walk does find words where they are told.
    assert read == may_read(reader)


def test_what_is_masked_matches_no_search(house: House) -> None:
    """Whatever is asked of a list by what masked care was, the answer is that of a word nobody wrote."""
    browser = house.browser("claire")
    hidden = word("mathieu", "ordinary")

    def answer(page: str, name: str, asked: str) -> str:
        said = content(browser.get(f"/en/{page}?{urlencode({name: asked})}"))
        return said.partition("<main")[2].partition("</main>")[0].replace(asked, "")

    for page in ("reimbursements", "reimbursements/not-settled"):
        for name in ("provider", "q", "act", "claim"):
            assert answer(page, name, hidden) == answer(page, name, hidden[::-1])


def test_a_transfer_of_which_nothing_is_told_is_not_there(house: House) -> None:
    mathieus = house.transfers[1 + KINDS.index("withheld") + len(KINDS)]
    address = reverse("portal:transfer", kwargs={"id": mathieus.id})
    assert house.browser("mathieu").get(address).status_code == 200
    assert house.browser("claire").get(address).status_code == 404
    missing = reverse("portal:transfer", kwargs={"id": UUID(int=1)})
    assert house.browser("claire").get(missing).status_code == 404
