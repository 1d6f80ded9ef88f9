"""The guarantees of one person as a page shows them: what is reimbursed, how, and what is left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.domains.contracts.queries import ContractSeen
from havre.domains.health import queries as health
from havre.domains.health.queries import Consumption, Meter, Meters, Reader
from havre.domains.people.queries import PersonSeen
from havre.domains.products.queries import FormulaSeen, GuaranteeSeen
from havre.domains.products.words import Ceiling, Per, PercentOf, PriorAgreement, Unit
from havre.doors.portal import wording
from havre.doors.ui import formats
from havre.foundation.dates import Period
from havre.foundation.money import Money


@dataclass(frozen=True)
class MeterShown:
    """A meter in words. ``note`` says what else is to be known, "" for nothing."""

    percent: int
    kind: str
    used: str
    left: str
    note: str = ""


@dataclass(frozen=True)
class GuaranteeShown:
    """A row of the table; ``rate`` and ``limits`` are "" where only the text says them."""

    label: str
    text: str
    rate: str
    limits: str
    conditions: tuple[str, ...]
    meters: tuple[MeterShown, ...]


@dataclass(frozen=True)
class TableShown:
    """The table of one person as of a day. ``notes`` say what of the use is private, naming nobody's care."""

    person: PersonSeen | None
    year: Period
    told: bool
    overall: MeterShown | None
    notes: tuple[str, ...]
    groups: tuple[tuple[str, tuple[GuaranteeShown, ...]], ...]
    categories: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """Whose table it is (nobody's yet: nothing used), for whom, as of when, and in which language."""

    contract: ContractSeen
    formula: FormulaSeen
    person: PersonSeen | None
    reader: Reader
    holds: bool
    tells_left: bool
    on: date
    language: str

    @property
    def whole(self) -> bool:
        """Whether what the person used is told by guarantee."""
        return self.person is not None and self.person.id in self.reader.visible()

    @property
    def amounts(self) -> bool:
        """Whether the sum of private care is told: to the holder, whose contract it is."""
        withheld = self.reader.apart or self.contract.id in self.reader.quiet
        return self.holds and not withheld

    def counts(self, guarantee: GuaranteeSeen) -> bool:
        """Whether a meter may stand: of sensitive care, for nobody but the person themselves.

        None where the contract withholds from its members what is left of a guarantee.
        """
        own = self.person is not None and self.person.id == self.reader.person
        return (
            self.tells_left
            and self.whole
            and (own or guarantee.category not in self.reader.sensitive)
        )


def table(told: Told, *, category: str) -> TableShown:
    """One statement. ``category`` leaves the guarantees of one category of expense; "" leaves all."""
    formula, contract = told.formula, told.contract
    year = contract.ceiling_year(formula.year, on=told.on)
    parts = health.consumption(
        reader=told.reader,
        contract=contract.id,
        currency=contract.currency,
        year=year,
        on=told.on,
    )
    own = [part for part in parts if told.person and part.person == told.person.id]
    meters = health.meters_of(formula, own, currency=contract.currency)
    return TableShown(
        person=told.person,
        year=year,
        told=told.whole,
        overall=_shown(meters.overall) if meters.overall and told.whole else None,
        notes=tuple(_notes(told, parts)),
        groups=_groups(told, meters, category),
        categories=_categories(formula),
    )


def _notes(told: Told, parts: Iterable[Consumption]) -> Iterator[str]:
    """What is said of another's care is the same whether or not there is any; the sum names nobody."""
    person = told.person
    if person is not None and not told.whole:
        yield _("What %(name)s has used is told to nobody else.") % {"name": person.first_name}
    elif person is not None and not told.reader.tells_all_of(person.id):
        yield _("Private care, where there is any, does not count in these figures.")
    private = [part.year for part in parts if part.person is None]
    if private and told.amounts:
        amount = formats.money(health.total(private, told.contract.currency).reimbursed)
        yield _(
            "Private care of the people covered: %(amount)s over this year, told by its amount alone."
        ) % {"amount": amount}


def _groups(
    told: Told, meters: Meters, category: str
) -> tuple[tuple[str, tuple[GuaranteeShown, ...]], ...]:
    """Under a few headings, otherwise in the order of the product."""
    groups: dict[str, list[GuaranteeShown]] = {}
    for place, guarantee in enumerate(told.formula.guarantees):
        if category in {"", guarantee.category}:
            heading = wording.guarantee_group(guarantee.category)
            groups.setdefault(heading, []).append(_row(told, meters, place, guarantee))
    return tuple((heading, tuple(rows)) for heading, rows in groups.items())


def _categories(formula: FormulaSeen) -> tuple[tuple[str, str], ...]:
    codes = dict.fromkeys(guarantee.category for guarantee in formula.guarantees)
    return tuple((code, wording.category(code)) for code in codes)


def _row(told: Told, meters: Meters, place: int, guarantee: GuaranteeSeen) -> GuaranteeShown:
    currency = told.formula.currency or told.contract.currency
    kept = meters.of_guarantee.get(place, ()) if told.counts(guarantee) else ()
    return GuaranteeShown(
        label=guarantee.label.said_in(told.language),
        text=guarantee.text.said_in(told.language),
        rate=_rate(guarantee),
        limits=", ".join(_limit(ceiling, currency) for ceiling in guarantee.ceilings),
        conditions=tuple(_conditions(told, guarantee, currency)),
        meters=tuple(_shown(meter) for meter in kept),
    )


def _rate(guarantee: GuaranteeSeen) -> str:
    if guarantee.percent is None:
        return ""
    rate = formats.percent(guarantee.percent / 100)
    said = {
        PercentOf.COST: _("%(rate)s of the actual cost"),
        PercentOf.BASE: _("%(rate)s of the base of the scheme"),
    }
    return said[guarantee.percent_of] % {"rate": rate}


def _limit(ceiling: Ceiling, currency: str) -> str:
    """``1 500,00 € par an``, ``20 séances par an``."""
    if ceiling.amount is not None:
        limit = formats.money(Money.rounded(ceiling.amount, currency))
    else:
        limit = _counted(ceiling, ceiling.count or 0)
    return {
        Per.ACT: _("%(limit)s per act"),
        Per.DAY: _("%(limit)s a day"),
        Per.YEAR: _("%(limit)s a year"),
        Per.MONTHS_24: _("%(limit)s in 24 months"),
        Per.LIFETIME: _("%(limit)s in a lifetime"),
    }[ceiling.per] % {"limit": limit}


def _counted(ceiling: Ceiling, number: int) -> str:
    return {
        Unit.ACT: ngettext("%(num)d act", "%(num)d acts", number),
        Unit.SESSION: ngettext("%(num)d session", "%(num)d sessions", number),
        Unit.DAY: ngettext("%(num)d day", "%(num)d days", number),
    }[ceiling.unit] % {"num": number}


def _conditions(told: Told, guarantee: GuaranteeSeen, currency: str) -> Iterator[str]:
    """The wait that still runs for the person, and the agreement to ask for."""
    person, months = told.person, guarantee.waiting_months
    until = told.contract.waits_until(person.id, months, on=told.on) if person else None
    if person and until:
        yield _("Waiting period until %(day)s for %(name)s") % {
            "day": formats.day(until),
            "name": person.first_name,
        }
    elif months:
        joined = told.contract.joined(person.id, on=told.on) if person else None
        said = (
            ngettext(
                "Waiting period of %(num)d month, over",
                "Waiting period of %(num)d months, over",
                months,
            )
            if joined
            else ngettext(
                "Waiting period of %(num)d month", "Waiting period of %(num)d months", months
            )
        )
        yield said % {"num": months}
    if guarantee.prior_agreement is PriorAgreement.YES:
        yield _("Ask for our agreement before the care")
    elif guarantee.prior_agreement is PriorAgreement.ABOVE:
        amount = Money.rounded(guarantee.prior_agreement_above or 0, currency)
        yield _("Ask for our agreement above %(amount)s") % {"amount": formats.money(amount)}


def _shown(meter: Meter) -> MeterShown:
    used, left = _said(meter, meter.used), _said(meter, meter.left)
    return MeterShown(
        percent=meter.percent,
        kind="wait" if meter.reached else "",
        used=_("%(used)s used") % {"used": used}
        if meter.percent or _some(meter)
        else _("Nothing used"),
        left=_left(meter, left),
        note=_disagreement(meter),
    )


def _left(meter: Meter, left: str) -> str:
    if not meter.reached:
        limit = _said(meter, meter.limit)
        return _("%(left)s left of %(limit)s") % {"left": left, "limit": limit}
    if meter.again_on is not None:
        return _("Nothing left before %(day)s") % {"day": formats.day(meter.again_on)}
    return _("Nothing left of %(limit)s") % {"limit": _said(meter, meter.limit)}


def _disagreement(meter: Meter) -> str:
    """The insurer's own figure is shown; that the lines here make another is said."""
    if meter.counted is None or meter.stated_on is None:
        return ""
    return _("As your statement of %(day)s says. The lines shown here would leave %(amount)s.") % {
        "day": formats.day(meter.stated_on),
        "amount": formats.money(meter.counted),
    }


def _some(meter: Meter) -> bool:
    return bool(meter.used.amount if isinstance(meter.used, Money) else meter.used)


def _said(meter: Meter, value: Money | int) -> str:
    return formats.money(value) if isinstance(value, Money) else _counted(meter.ceiling, value)
