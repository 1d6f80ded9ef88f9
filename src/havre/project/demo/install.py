"""Loads the demo house, all or nothing: aside, then renamed to be the home's database."""

import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from rich.console import Console

from havre.foundation.db.roles import SIGN_IN, Role
from havre.foundation.refusals import Refusal
from havre.project.cli import starting
from havre.project.demo.accounts import (
    AccountToOpen,
    CertificateToCheck,
    DemoAccounts,
    MemberAccount,
    PreparedAccount,
    StaffAccount,
    accounts_file,
    read_accounts,
    write_accounts,
)
from havre.project.demo.house import DemoHouse, demo_house
from havre.project.demo.prepared import PREPARED, Shows, who_shows
from havre.project.demo.users import hashed_once, leave, signed_in_as
from havre.project.embedded import EmbeddedServer
from havre.project.installation import (
    DATABASE,
    SETTING_OF,
    Installation,
    adopt_demo,
    create_database,
    demo_environment,
    drop_database,
    has_database,
    home_of,
    open_installation,
)

SEED = 1851
_ASIDE = "havre_loading"
_OPENED_AGO, _OPENED_LONG_AGO = timedelta(days=60), timedelta(days=120)


class HomeTaken(Refusal):
    """The home holds people of somebody's own."""


class AccountsLost(Refusal):
    """The demo is there, the passwords of its accounts are not."""


def install(environ: Mapping[str, str], *, now: datetime) -> None:
    """Bring the home's demo to this release, loaded first where there is none.

    A loading that was killed left its database aside: it is begun anew. Refuses with
    :class:`HomeTaken` a home into which somebody else's people were loaded.
    """
    installation, home = open_installation(environ), home_of(environ)
    server = installation.server
    if server is None:
        raise HomeTaken("The demo has a database of its own: unset DATABASE_URL.")
    port = int(environ["PORT"])
    if installation.demo:
        _bring_up_to_date(installation, server, home, port=port, now=now)
        return
    _check_free(server, home)
    drop_database(server, _ASIDE)
    create_database(server, _ASIDE, hurried=True)
    addresses = {SETTING_OF[role]: server.dsn(role, _ASIDE) for role in SIGN_IN}
    made = {**installation.environment, **demo_environment(home, port=port), **addresses}
    aside = Installation(made, server, demo=True)
    starting.enter(aside)
    starting.start(Role.OWNER, installation=aside)
    with hashed_once():
        accounts = _load(port=port, now=now)
    leave()
    write_accounts(home, accounts)
    drop_database(server, DATABASE)
    adopt_demo(server, _ASIDE)


def _bring_up_to_date(
    installation: Installation, server: EmbeddedServer, home: Path, *, port: int, now: datetime
) -> None:
    if not accounts_file(home).exists():
        raise AccountsLost(
            f"{accounts_file(home)} is missing, and its passwords are kept nowhere else. Put the"
            " file back, or begin anew with `make reset`."
        )
    starting.enter(installation)
    starting.start(Role.OWNER, installation=installation)
    _migrate()
    accounts = read_accounts(home)
    if not accounts.staff:  # of a demo that was loaded before there was a desk
        create_database(server)
        staff = _install_staff(accounts.member.password, now=now)
        accounts = replace(accounts, staff=staff)
    write_accounts(home, _at_port(accounts, port))


def _check_free(server: EmbeddedServer, home: Path) -> None:
    """A database that was only migrated gives way; one with people does not."""
    if not has_database(server):
        return
    with psycopg.connect(server.dsn("superuser", DATABASE)) as connection:
        table = connection.execute("SELECT to_regclass('people_household')").fetchone()
        taken = table and table[0]
        if taken and connection.execute("SELECT 1 FROM people_household LIMIT 1").fetchone():
            raise HomeTaken(
                f"{home} holds people who are not the demo's. Choose another folder for the demo:"
                " HAVRE_HOME=FOLDER."
            )


def _load(*, port: int, now: datetime) -> DemoAccounts:
    """Fill the database, step by step, each as the user who would do it in a real house."""
    from havre.project.demo import banking, opening, price_lists

    console = Console(stderr=True)
    with console.status("Making the tables…"):
        _migrate()
    with signed_in_as(Role.WORKER), console.status("Publishing the texts…"):
        opening.publish_texts(now=now)
        opening.publish_content(now=now, today=now.date())
    house, password = demo_house(SEED, now.date()), secrets.token_urlsafe(15)
    path = _import(house, password, now=now)
    with signed_in_as(Role.WORKER):
        banking.load_rates(today=now.date())
        price_lists.load(today=now.date())
        banking.change_accounts(house.member, house.without_email(), now=now)
    account = _open_member(house.member, password, now=now)
    _open_prepared(password, now=now)
    to_open = {**asdict(house.to_open), "birth_date": house.to_open.birth_date.isoformat()}
    staff = _install_staff(password, now=now)
    _converse(account, now=now)
    _crowd(house, now=now)
    _serve(house, now=now)
    born = who_shows(Shows.LAPSED).birth_date(now.date())
    return _at_port(
        DemoAccounts(
            url="",
            member=MemberAccount(house.member, password),
            to_open=AccountToOpen(**to_open),
            mailbox="",
            prepared=tuple(
                PreparedAccount(one.adherent_number, one.shows.value) for one in PREPARED
            ),
            lapsed=CertificateToCheck(path, born.isoformat()),
            staff=staff,
        ),
        port,
    )


def _install_staff(password: str, *, now: datetime) -> tuple[StaffAccount, ...]:
    from havre.project.demo import desk_people

    with signed_in_as(Role.DESK_WEB):
        return desk_people.install(password=password, now=now)


def _converse(account: UUID, *, now: datetime) -> None:
    from havre.project.demo import asked, threads

    threads.converse(account, signed_in_as=signed_in_as, now=now)
    asked.ask_for_things(account, signed_in_as=signed_in_as, now=now)


def _crowd(house: DemoHouse, *, now: datetime) -> None:
    from havre.project.demo import crowd, waits

    shown = {
        house.member,
        house.to_open.adherent_number,
        *(one.adherent_number for one in PREPARED),
    }
    opened = crowd.fill(
        [number for number in house.numbers() if number not in shown],
        signed_in_as=signed_in_as,
        now=now,
    )
    waits.fill(opened, signed_in_as=signed_in_as, now=now)


def _serve(house: DemoHouse, *, now: datetime) -> None:
    from havre.project.demo import served

    with signed_in_as(Role.WORKER):
        died = served.place_of(house.who_died())
        moved = served.place_of(who_shows(Shows.NEW_TERMS).adherent_number)
    day = now.date() - timedelta(days=3)
    served.report_death(died, day=day, signed_in_as=signed_in_as, now=now)
    served.write_with_a_paper(moved, signed_in_as=signed_in_as, now=now)


def _import(house: DemoHouse, password: str, *, now: datetime) -> str:
    """Through files, as any feed comes in. Between two of them someone is given a certificate, before
    the cover ends: the path of its check page."""
    from havre.project.cli.loading import load_feed
    from havre.project.demo.house import write_house

    today = now.date()
    with tempfile.TemporaryDirectory() as folder:
        before, members, statements = write_house(Path(folder), house)
        with signed_in_as(Role.WORKER):
            load_feed([before], "members", dry_run=False, today=today, now=now)
        path = _open_lapsing(password, now=now)
        with signed_in_as(Role.WORKER):
            load_feed([members], "members", dry_run=False, today=today, now=now)
            load_feed([statements], "statements", dry_run=False, today=today, now=now)
    return path


def _open_lapsing(password: str, *, now: datetime) -> str:
    from havre.project.demo import certified, opening

    opened_at = now - _OPENED_LONG_AGO
    with signed_in_as(Role.WORKER):
        opened = opening.open_account(who_shows(Shows.LAPSED).adherent_number, now=opened_at)
    with signed_in_as(Role.WEB):
        opening.first_sign_in(opened, password=password, now=opened_at)
        return certified.issue_lapsing(opened.account, today=now.date(), now=now)


def _open_member(number: str, password: str, *, now: datetime) -> UUID:
    from havre.project.demo import certified, choices, opening

    today, opened_at = now.date(), now - _OPENED_AGO
    with signed_in_as(Role.WORKER):
        opened = opening.open_account(number, now=opened_at)
    with signed_in_as(Role.WEB):
        opening.first_sign_in(opened, password=password, now=opened_at)
        opening.signed_in_before(opened.account, now=now)
        choices.choose_and_correct(opened.account, today=today, now=now)
        opening.share_with(opened, first_name="Agathe", now=now)
        certified.issue_some(opened.account, today=today, now=now)
    return opened.account


def _open_prepared(password: str, *, now: datetime) -> None:
    """The other prepared accounts: opened, then brought to what they show."""
    from havre.project.demo import opening, standing

    days = {one.shows: now - _OPENED_AGO for one in PREPARED if one.shows is not Shows.LAPSED}
    with signed_in_as(Role.WORKER):
        days[Shows.NEW_TERMS] = standing.before_the_terms_changed(today=now.date())
        opened = {
            shows: opening.open_account(who_shows(shows).adherent_number, now=at)
            for shows, at in days.items()
        }
    with signed_in_as(Role.WEB):
        for shows, at in days.items():
            opening.first_sign_in(opened[shows], password=password, now=at)
        standing.report(opened[Shows.REPORTED], now=now)
    with signed_in_as(Role.WORKER):
        standing.close_and_end(today=now.date(), now=now)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    leave()


def _at_port(accounts: DemoAccounts, port: int) -> DemoAccounts:
    url = f"http://localhost:{port}"
    desk = f"http://localhost:{port + 1}/desk/"
    return replace(accounts, url=url, mailbox=f"{url}/en/mailbox", desk_url=desk)
