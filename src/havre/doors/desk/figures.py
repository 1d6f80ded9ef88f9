"""The figures of the service: gathered in ten statements, told in tables that page and file share."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.cases.queries import figures as cases
from havre.commons.cases.queries.figures import Decided, Grouped, Part, Quantiles, Step
from havre.commons.cases.words import Team
from havre.commons.messaging import queries as messaging
from havre.commons.messaging.queries import Answering
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import Against, Backlog, Scope
from havre.commons.worklist.words import Source
from havre.doors.desk import queue_words
from havre.doors.desk.figure_cells import (
    NOTHING,
    Cell,
    Chart,
    Line,
    Over,
    Section,
    Table,
    brief_step,
    change,
    columns,
    counted,
    days,
    hours,
    score,
    share,
    shares,
    step_name,
)
from havre.doors.desk.figure_period import Chosen, team_name
from havre.doors.desk.page import Viewer
from havre.doors.ui.spreadsheets import Row
from havre.foundation.disclosure import enough, told
from havre.foundation.names import sort_key
from havre.journeys.requests.registry import UnknownKind, kind_of

SCORES = (1, 2, 3, 4, 5)
_NOBODY = Decided(decided=0, rejected=0, asked=0, asked_twice=0, complete=None, incomplete=None)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Figures as they were counted."""

    filed: Counter[Part]
    of_all: dict[tuple[str, bool], Decided]
    of_kind: dict[tuple[str, bool], Decided]
    of_team: dict[tuple[str, bool], Decided]
    filed_on: Counter[date]
    decided_on: Counter[date]
    rejections: Counter[tuple[str, str]]
    opinions: Counter[tuple[Part, int]]
    backlog: list[Backlog]
    answered: dict[bool, Answering]


def gather(viewer: Viewer, chosen: Chosen) -> Gathered:
    """Everything of the chosen days that is in the viewer's scope. Ten statements."""
    scope = _scope_of(viewer)
    wanted, zone = chosen.wanted(scope), ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    return Gathered(
        filed=cases.filed(wanted),
        of_all=cases.decided(wanted, Grouped.ALL),
        of_kind=cases.decided(wanted, Grouped.KIND),
        of_team=cases.decided(wanted, Grouped.TEAM),
        filed_on=cases.series(wanted, "filed_at", chosen.step, zone=zone),
        decided_on=cases.series(wanted, "decided_at", chosen.step, zone=zone),
        rejections=cases.rejections(wanted),
        opinions=cases.opinions(wanted),
        backlog=[
            one
            for one in worklist.backlog(scope, now=viewer.now)
            if chosen.team in {None, _team_of(one)}
        ],
        answered=messaging.answered(before=wanted.before, start=wanted.start, end=wanted.end),
    )


def sections(found: Gathered, chosen: Chosen) -> list[Section]:
    """All that is shown, in its order."""
    return [
        _summary(found),
        _volumes(found, chosen),
        _by_kind(found),
        _by_team(found),
        _backlog(found.backlog),
        _rejections(found.rejections),
        _satisfaction(found.opinions),
    ]


def rows(shown: Iterable[Section]) -> Iterator[list[Row]]:
    """The same for a spreadsheet: a line a figure, under a heading."""
    yield [[_("Part"), _("Line"), _("Measure"), _("Value")]]
    for one in shown:
        yield [
            [one.title, line.name, head, cell.words if cell.value is None else cell.value]
            for line in one.table.lines
            for head, cell in zip(one.table.heads[1:], line.cells, strict=True)
        ]


def _summary(found: Gathered) -> Section:
    pairs = [_one_period(found, current=current) for current in (True, False)]
    lines = tuple(
        Line(name, (now, before, change(now, before)))
        for (name, now), (_name, before) in zip(*pairs, strict=True)
    )
    heads = (_("Figure"), _("This period"), _("Period before"), _("Difference"))
    text = _(
        "Delays are in working days, from sending to the decision; the member’s own waiting is left out."
    )
    return Section("summary", _("In short"), text, Table(heads, lines))


def _one_period(found: Gathered, *, current: bool) -> list[tuple[str, Cell]]:
    all_of = found.of_all.get(("", current), _NOBODY)
    filed = sum(n for part, n in found.filed.items() if part.current is current)
    given = Counter[int]()
    for (part, stars), number in found.opinions.items():
        given[stars] += number if part.current is current else 0
    answered = found.answered.get(current)
    return [
        (_("Requests sent"), counted(enough(filed))),
        (_("Requests decided"), counted(enough(all_of.decided))),
        (_("Requests rejected"), counted(enough(all_of.rejected))),
        *_delays(all_of),
        (_("Something asked twice"), counted(enough(all_of.asked_twice))),
        (_("Something asked twice, of those decided"), share(all_of.asked_twice, all_of.decided)),
        (_("Satisfaction, mean"), _mean(given)),
        (_("Satisfaction, answers"), counted(enough(given.total()))),
        (
            _("Messages: half answered within (opening hours, the whole house)"),
            hours(answered.median if answered else None),
        ),
        (
            _("Messages: nine in ten answered within"),
            hours(answered.ninetieth if answered else None),
        ),
    ]


def _delays(one: Decided) -> list[tuple[str, Cell]]:
    complete, asked = _within(one.complete), _within(one.incomplete)
    return [
        (_("Complete requests: half within"), complete[0]),
        (_("Complete requests: nine in ten within"), complete[1]),
        (_("With something asked: half within"), asked[0]),
        (_("With something asked: nine in ten within"), asked[1]),
    ]


def _within(measured: Quantiles | None) -> tuple[Cell, Cell]:
    if measured is None:
        return NOTHING, NOTHING
    return days(measured.median), days(measured.ninetieth)


def _volumes(found: Gathered, chosen: Chosen) -> Section:
    by_week, steps = chosen.step is Step.WEEK, chosen.steps()
    series = [
        (_("Requests sent"), told({day: found.filed_on[day] for day in steps})),
        (_("Requests decided"), told({day: found.decided_on[day] for day in steps})),
    ]
    lines = tuple(
        Line(step_name(day, by_week=by_week), tuple(counted(counts[day]) for _n, counts in series))
        for day in steps
    )
    drawn = tuple(_over_time(name, counts, by_week=by_week) for name, counts in series)
    heads = (_("Week") if by_week else _("Month"), *(name for name, _counts in series))
    text = _("Weeks begin on Monday. The first and the last may be cut by the period.")
    return Section("volumes", _("Volumes"), text, Table(heads, lines), drawn)


def _over_time(name: str, counts: dict[date, int | None], *, by_week: bool) -> Chart:
    numbers = [number for number in counts.values() if number]
    said = {"what": name, "most": max(numbers, default=0)}
    sentence = _("%(what)s: %(most)d at most. Each figure stands in the table below.") % said
    named = [(brief_step(day, by_week=by_week), number) for day, number in counts.items()]
    return columns(name, sentence, named)


def _by_kind(found: Gathered) -> Section:
    filed, given = Counter[str](), dict[str, Counter[int]]()
    for part, number in found.filed.items():
        filed[part.kind] += number if part.current else 0
    for (part, stars), number in found.opinions.items():
        if part.current:
            given.setdefault(part.kind, Counter())[stars] += number
    kinds = {kind for kind, current in found.of_kind if current} | set(+filed)
    named = {kind: queue_words.kind_title(kind) for kind in kinds}
    of = {kind: found.of_kind.get((kind, True), _NOBODY) for kind in kinds}
    table = _groups(_("Kind"), named, filed, of, given)
    text = _(
        "Counts from one to four are hidden, and so is another where they could be worked out."
    )
    return Section("kinds", _("By kind of request"), text, table)


def _by_team(found: Gathered) -> Section:
    filed, given = Counter[str](), dict[str, Counter[int]]()
    for part, number in found.filed.items():
        filed[part.team] += number if part.current else 0
    for (part, stars), number in found.opinions.items():
        if part.current:
            given.setdefault(part.team, Counter())[stars] += number
    named = {team.value: team_name(team) for team in Team}
    of = {team: found.of_team.get((team, True), _NOBODY) for team in named}
    text = _(
        "A team is those to whom a request is open: agents, health agents for care, medical advisers for"
        " what only they read, the data-protection officer for rights over data."
    )
    return Section("teams", _("By team"), text, _groups(_("Team"), named, filed, of, given))


def _groups(
    head: str,
    named: dict[str, str],
    filed: Counter[str],
    of: dict[str, Decided],
    given: dict[str, Counter[int]],
) -> Table:
    """One line a group, with what is small hidden in each column of counts."""
    order = sorted(named, key=lambda code: sort_key(named[code]))
    sent, decided, rejected, twice = (
        told(counts)
        for counts in (
            {code: filed[code] for code in order},
            {code: of[code].decided for code in order},
            {code: of[code].rejected for code in order},
            {code: of[code].asked_twice for code in order},
        )
    )
    lines = tuple(
        Line(
            named[code],
            (
                *(counted(one[code]) for one in (sent, decided, rejected)),
                *(cell for _name, cell in _delays(of[code])),
                counted(twice[code]),
                _mean(given.get(code, Counter())),
            ),
        )
        for code in order
    )
    return _over_columns(head, lines)


def _over_columns(head: str, lines: tuple[Line, ...]) -> Table:
    """The table of groups, its columns said in full and in short."""
    heads = (
        head,
        _("Requests sent"),
        _("Requests decided"),
        _("Requests rejected"),
        *(name for name, _c in _delays(_NOBODY)),
    )
    half, nine = _("half within"), _("9 in 10 within")
    return Table(
        (*heads, _("Asked twice"), _("Satisfaction")),
        lines,
        short=(
            *(head, _("Requests sent"), _("Requests decided"), _("Requests rejected")),
            *(half, nine, half, nine),
            *(_("Asked twice"), _("Satisfaction")),
        ),
        over=(
            Over("", 4),
            Over(_("Complete requests"), 2),
            Over(_("With something asked"), 2),
            Over("", 2),
        ),
    )


def _backlog(waiting: list[Backlog]) -> Section:
    by_kind: dict[str, Counter[Against]] = {}
    for one in waiting:
        name = _waits_as(one)
        by_kind[name] = by_kind.get(name, Counter()) + one.waiting
    totals = told({age: sum(one[age] for one in by_kind.values()) for age in Against})
    order = sorted(by_kind, key=sort_key)
    cells = {age: told({name: by_kind[name][age] for name in order}) for age in Against}
    lines = (
        Line(_("Everything"), tuple(counted(totals[age]) for age in Against)),
        *(Line(name, tuple(counted(cells[age][name]) for age in Against)) for name in order),
    )
    names = _ages()
    return Section(
        "backlog",
        _("What waits now, by its age against the target"),
        _(
            "At this moment, whatever the period. Each kind has its target; those put off count too."
        ),
        Table((_("What waits"), *(names[age] for age in Against)), lines),
        shares=shares([(names[age], totals[age]) for age in Against]),
    )


def _rejections(reasons: Counter[tuple[str, str]]) -> Section:
    named = Counter[tuple[str, str]]()
    for (kind, reason), number in reasons.items():
        named[queue_words.kind_title(kind), _reason(kind, reason)] += number
    order = sorted(named, key=lambda one: (-named[one], sort_key(" ".join(one))))
    numbers = told({one: named[one] for one in order})
    lines = tuple(
        Line(f"{kind}: {reason}", (counted(numbers[kind, reason]),)) for kind, reason in order
    )
    return Section(
        "reasons",
        _("Reasons for rejection"),
        _("The reason chosen with the decision; what was written to the member is not read."),
        Table((_("Reason"), _("Requests")), lines),
        shares=shares([(f"{kind}: {reason}", numbers[kind, reason]) for kind, reason in order[:8]]),
    )


def _satisfaction(opinions: Counter[tuple[Part, int]]) -> Section:
    given = Counter[int]()
    for (part, stars), number in opinions.items():
        given[stars] += number if part.current else 0
    numbers = told({stars: given[stars] for stars in SCORES})
    said = _(
        "One question after a decision, from 1 (poor) to 5 (very good). Words are not read here."
    )
    sentence = _("How many gave each score. Each figure stands in the table below.")
    chart = columns(_("Scores"), sentence, [(str(stars), numbers[stars]) for stars in SCORES])
    lines = (
        *(Line(str(stars), (counted(numbers[stars]),)) for stars in SCORES),
        Line(_("Mean"), (_mean(given),)),
    )
    table = Table((_("Score"), _("Answers")), lines)
    return Section("satisfaction", _("Satisfaction after a decision"), said, table, (chart,))


def _mean(given: Counter[int]) -> Cell:
    number = given.total()
    return score(sum(stars * n for stars, n in given.items()), number) if number else NOTHING


def _scope_of(viewer: Viewer) -> Scope:
    limits = viewer.scope
    return Scope(
        products=limits.products or None,
        employers=limits.employers or None,
        intermediaries=limits.intermediaries or None,
    )


def _team_of(one: Backlog) -> Team:
    if one.needs == Permission.PRIVACY_DECIDE:
        return Team.RIGHTS
    return Team(one.compartment)


def _waits_as(one: Backlog) -> str:
    if one.source is Source.CASE:
        return queue_words.kind_title(one.kind)
    return queue_words.tab(one.source)


def _reason(kind: str, code: str) -> str:
    """A reason in words; what is no reason of the kind says nothing of itself."""
    try:
        found = {one.code: one.label for one in kind_of(kind).reasons()}
    except UnknownKind:
        found = {}
    return found.get(code, _("another reason"))


def _ages() -> dict[Against, str]:
    return {
        Against.LATE_LONG: _("Late for over a week"),
        Against.LATE: _("Late"),
        Against.SOON: _("Due within two days"),
        Against.IN_TIME: _("In time"),
        Against.AWAITING: _("Await the member"),
    }
