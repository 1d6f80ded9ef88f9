"""What an address of the queue asks for, in which order, and what of it somebody may come near."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from havre.commons.documents.words import Compartment
from havre.commons.staff.words import Permission
from havre.commons.worklist.queries import After, Counters, Order, Scope, Wanted
from havre.commons.worklist.words import Source, Stage
from havre.doors.desk.page import Viewer
from havre.journeys.requests.registry import all_kinds

COMPLAINT, RIGHT = "R", "P"
"""How the numbers of complaints and of people's rights over their data begin."""
_TO_DO = frozenset(Stage) - {Stage.AWAITING}
_Where = Literal["after", "before"]


class View(StrEnum):
    """A tab of the queue; further ones are the sources, by their own word."""

    TO_DO = "to-do"
    AWAITING = "awaiting"
    COMPLAINTS = "complaints"
    RIGHTS = "rights"
    SECOND = "second"
    MINE = "mine"
    SNOOZED = "snoozed"


class Who(StrEnum):
    """Whose things; further ones are staff, by their id."""

    ANY = "any"
    MINE_OR_FREE = "mine-or-free"
    FREE = "free"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an address asks for. What it does not know asks for nothing."""

    view: View | Source = View.TO_DO
    kind: str = ""
    country: str = ""
    language: str = ""
    product: str = ""
    who: Who | UUID = Who.ANY
    order: Order = Order.URGENT
    after: After | None = None
    before: After | None = None

    @property
    def filtered(self) -> bool:
        """Whether anything but a tab and an order is asked."""
        return bool(self.kind or self.country or self.language or self.product) or (
            self.who is not Who.ANY
        )

    def on_tab(self, view: View | Source) -> "Asked":
        """The first page of another tab, narrowed as this one."""
        return replace(self, view=view, after=None, before=None)

    def query(self) -> str:
        """As an address says it: nothing of what goes without saying, "?" in front of the rest."""
        said = {
            "view": "" if self.view is View.TO_DO else self.view.lower(),
            "kind": self.kind,
            "country": self.country,
            "language": self.language,
            "product": self.product,
            "who": "" if self.who is Who.ANY else str(self.who),
            "order": "" if self.order is Order.URGENT else "oldest",
            "after": _said(self.after),
            "before": _said(self.before),
        }
        left = {name: value for name, value in said.items() if value}
        return f"?{urlencode(left)}" if left else ""


def asked(query: QueryDict) -> Asked:
    """What is asked; a word that is not known counts as not said."""
    return Asked(
        view=_view(query.get("view", "")),
        kind=query.get("kind", "")[:80],
        country=query.get("country", "")[:2],
        language=query.get("language", "")[:2],
        product=query.get("product", "")[:80],
        who=_who(query.get("who", "")),
        order=Order.OLDEST if query.get("order") == "oldest" else Order.URGENT,
        after=_place(query, "after"),
        before=_place(query, "before"),
    )


def near(viewer: Viewer) -> Wanted:
    """All that somebody may come near, by permission, compartment and scope."""
    open_to = {Compartment.GENERAL}
    if viewer.may(Permission.HEALTH_OPEN):
        open_to.add(Compartment.HEALTH)
    if viewer.may(Permission.MEDICAL_READ):
        open_to.add(Compartment.MEDICAL)
    scope = viewer.scope
    return Wanted(
        permissions=frozenset(map(str, viewer.staff.permissions)),
        compartments=frozenset(map(str, open_to)),
        scope=Scope(
            products=scope.products or None,
            employers=scope.employers or None,
            intermediaries=scope.intermediaries or None,
        ),
    )


def wanted(query: Asked, viewer: Viewer) -> Wanted:
    """Of that, what is asked for."""
    found = replace(
        near(viewer),
        language=query.language,
        product=query.product,
        country=query.country,
        kinds=frozenset({query.kind}) if query.kind else None,
        order=query.order,
    )
    match query.who:
        case Who.MINE_OR_FREE:
            found = replace(found, mine_or_free=viewer.id)
        case Who.FREE:
            found = replace(found, free=True)
        case UUID() as person:
            found = replace(found, assigned_to=person)
    return _of_view(found, query.view, viewer)


def counted(view: View | Source, counters: Counters) -> int:
    """How many things a tab holds."""
    match view:
        case Source():
            return counters.by_source[view]
        case View.TO_DO:
            return counters.to_do
        case View.AWAITING:
            return counters.by_stage[Stage.AWAITING]
        case View.COMPLAINTS | View.RIGHTS:
            return sum(counters.by_kind[code] for code in of_prefix(_PREFIXES[view]))
        case View.SECOND:
            return counters.by_stage[Stage.SECOND]
        case View.MINE:
            return counters.mine
    return counters.snoozed


def of_prefix(prefix: str) -> frozenset[str]:
    """The kinds whose numbers begin so."""
    return frozenset(kind.code for kind in all_kinds().values() if kind.prefix == prefix)


_PREFIXES = {View.COMPLAINTS: COMPLAINT, View.RIGHTS: RIGHT}


def _of_view(found: Wanted, view: View | Source, viewer: Viewer) -> Wanted:
    match view:
        case Source():
            return replace(found, sources=frozenset({view}), stages=_TO_DO)
        case View.AWAITING:
            return replace(found, stages=frozenset({Stage.AWAITING}))
        case View.COMPLAINTS | View.RIGHTS:
            kinds = of_prefix(_PREFIXES[view])
            narrowed = kinds & found.kinds if found.kinds is not None else kinds
            return replace(found, kinds=narrowed, stages=_TO_DO)
        case View.SECOND:
            return replace(found, stages=frozenset({Stage.SECOND}))
        case View.MINE:
            return replace(found, assigned_to=viewer.id, stages=_TO_DO)
        case View.SNOOZED:
            return replace(found, snoozed=True)
    return replace(found, stages=_TO_DO)


def _view(text: str) -> View | Source:
    known: dict[str, View | Source] = {one.lower(): one for one in (*View, *Source)}
    return known.get(text, View.TO_DO)


def _who(text: str) -> Who | UUID:
    if text in set(Who):
        return Who(text)
    return id_in(text) or Who.ANY


def id_in(text: str) -> UUID | None:
    """An id, none where the text is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """The ids among texts."""
    return [found for text in texts if (found := id_in(text))]


def _said(place: After | None) -> str:
    return f"{place.moment.isoformat()}~{place.id}" if place else ""


def _place(query: QueryDict, name: _Where) -> After | None:
    moment, _tilde, row = query.get(name, "").partition("~")
    try:
        found = After(datetime.fromisoformat(moment), UUID(row))
    except ValueError:
        return None
    return found if found.moment.tzinfo else None
