"""``demo-accounts.json``: who can sign in to the demo, for whoever tries it and for tests."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from havre.project.embedded.passwords import write_private


@dataclass(frozen=True)
class MemberAccount:
    adherent_number: str
    password: str


@dataclass(frozen=True)
class AccountToOpen:
    """What the person whose account is still to be opened types in."""

    adherent_number: str
    family_name: str
    first_name: str
    birth_date: str
    email: str


@dataclass(frozen=True)
class PreparedAccount:
    """An account that shows one thing; its password was the member's when the demo was loaded."""

    adherent_number: str
    shows: str


@dataclass(frozen=True)
class CertificateToCheck:
    """What someone who was handed a certificate types in: the page's path, then the birth date."""

    path: str
    birth_date: str


@dataclass(frozen=True)
class StaffAccount:
    """Somebody of the desk: ``secret`` is what an app for codes takes."""

    role: str
    email: str
    password: str
    secret: str


@dataclass(frozen=True)
class DemoAccounts:
    """The demo's addresses and people."""

    url: str
    member: MemberAccount
    to_open: AccountToOpen
    mailbox: str
    prepared: tuple[PreparedAccount, ...] = ()
    lapsed: CertificateToCheck | None = None
    desk_url: str = ""
    staff: tuple[StaffAccount, ...] = ()

    def lines(self) -> list[str]:
        """For the terminal."""
        to_open = self.to_open
        said = [
            "",
            f"Sign in        adherent number {self.member.adherent_number},"
            f" password {self.member.password}",
            f"Open account   {to_open.first_name} {to_open.family_name}, born {to_open.birth_date},"
            f" {to_open.email}, adherent number {to_open.adherent_number}",
            f"Mails sent     {self.mailbox}",
        ]
        if self.prepared:
            said += ["", "With the same password:"]
        said += [f"{one.adherent_number}   {one.shows}" for one in self.prepared]
        if self.lapsed:
            said.append(f"Check it at {self.url}{self.lapsed.path}, born {self.lapsed.birth_date}")
        return [*said, "", *self._desk_lines()]

    def _desk_lines(self) -> list[str]:
        """The desk, and who signs in there."""
        if not self.staff:
            return []
        return [
            f"The desk       {self.desk_url}, password {self.staff[0].password}, and the code of an"
            " app to which this key was given, or `havre staff demo-code ADDRESS`:",
            *(f"{one.email}   {one.role.lower()}   key {one.secret}" for one in self.staff),
            "",
        ]


def accounts_file(home: Path) -> Path:
    return home / "demo-accounts.json"


def write_accounts(home: Path, accounts: DemoAccounts) -> None:
    """Keep them where only the home's owner reads."""
    text = json.dumps(asdict(accounts), indent=1, ensure_ascii=False)
    write_private(accounts_file(home), text + "\n")


def read_accounts(home: Path) -> DemoAccounts:
    read = json.loads(accounts_file(home).read_text(encoding="utf-8"))
    return DemoAccounts(
        url=read["url"],
        member=MemberAccount(**read["member"]),
        to_open=AccountToOpen(**read["to_open"]),
        mailbox=read["mailbox"],
        prepared=tuple(PreparedAccount(**one) for one in read.get("prepared", ())),
        lapsed=CertificateToCheck(**read["lapsed"]) if read.get("lapsed") else None,
        desk_url=read.get("desk_url", ""),
        staff=tuple(StaffAccount(**one) for one in read.get("staff", ())),
    )
