"""Of which days, which pace and which team figures are shown, as an address says it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.commons.cases.queries.figures import Step, Wanted
from havre.commons.cases.words import Team
from havre.commons.worklist.queries import Scope
from havre.doors.ui.fields import DayField
from havre.doors.ui.forms import Form

LONGEST_DAYS = 3 * 366
_BY_WEEK_UP_TO_DAYS = 182


class Preset(StrEnum):
    """Periods chosen at once; each ends today, but the month before this one."""

    DAYS_30 = "30-days"
    DAYS_90 = "90-days"
    MONTHS_12 = "12-months"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_YEAR = "this-year"


@dataclass(frozen=True)
class Chosen:
    """From one day to another, both included, in the house's time zone."""

    start: date
    end: date
    step: Step
    team: Team | None = None

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def before(self) -> date:
        """The first of as many days before."""
        return self.start - timedelta(days=self.days)

    def wanted(self, scope: Scope) -> Wanted:
        return Wanted(
            before=_midnight(self.before),
            start=_midnight(self.start),
            end=_midnight(self.end + timedelta(days=1)),
            scope=scope,
            team=self.team,
        )

    def steps(self) -> list[date]:
        """The first day of each week or month that it touches."""
        found, day = [], self.start
        while day <= self.end:
            first = _first(day, self.step)
            found.append(first)
            day = first + timedelta(days=7 if self.step is Step.WEEK else 32)
            day = _first(day, self.step)
        return found


def default(today: date) -> Chosen:
    """The last ninety days, by week."""
    return Chosen(*span_of(Preset.DAYS_90, today=today), Step.WEEK)


def span_of(preset: Preset, *, today: date) -> tuple[date, date]:
    """The days of a period chosen at once."""
    first = today.replace(day=1)
    match preset:
        case Preset.THIS_MONTH:
            return first, today
        case Preset.LAST_MONTH:
            last = first - timedelta(days=1)
            return last.replace(day=1), last
        case Preset.THIS_YEAR:
            return today.replace(month=1, day=1), today
    days = {Preset.DAYS_30: 30, Preset.DAYS_90: 90}.get(preset, 365)
    return today - timedelta(days=days - 1), today


def team_name(team: Team) -> str:
    return {
        Team.GENERAL: _("Agents"),
        Team.HEALTH: _("Health agents"),
        Team.MEDICAL: _("Medical advisers"),
        Team.RIGHTS: _("Data protection"),
    }[team]


def _preset_name(preset: Preset) -> str:
    return {
        Preset.DAYS_30: _("The last 30 days"),
        Preset.DAYS_90: _("The last 90 days"),
        Preset.MONTHS_12: _("The last 12 months"),
        Preset.THIS_MONTH: _("This month"),
        Preset.LAST_MONTH: _("Last month"),
        Preset.THIS_YEAR: _("This year"),
    }[preset]


class FiguresForm(Form):
    """Every field is optional; days that are typed go before a period that is chosen."""

    period = forms.TypedChoiceField(
        label=gettext_lazy("Period"), required=False, coerce=Preset, empty_value=Preset.DAYS_90
    )
    start = DayField(label=gettext_lazy("Or from"), required=False, help_text="")
    end = DayField(label=gettext_lazy("Until"), required=False, help_text="")
    step = forms.TypedChoiceField(
        label=gettext_lazy("Pace"), required=False, coerce=Step, empty_value=None
    )
    team = forms.TypedChoiceField(
        label=gettext_lazy("Team"), required=False, coerce=Team, empty_value=None
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        order = (Preset.DAYS_90, *(one for one in Preset if one is not Preset.DAYS_90))
        self._choices("period", [(one.value, _preset_name(one)) for one in order])
        paces = [("", _("As fits")), (Step.WEEK, _("By week")), (Step.MONTH, _("By month"))]
        self._choices("step", [(str(value), label) for value, label in paces])
        teams = [(one.value, team_name(one)) for one in Team]
        self._choices("team", [("", _("All")), *teams])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = found.get("start"), found.get("end")
        if self.errors or (start is None and end is None):
            return found
        if start is None:
            self.add_error("start", _("Give the first day too."))
        elif start > (end or self.today):
            self.add_error("end", _("The last day is before the first one. Check both."))
        elif ((end or self.today) - start).days >= LONGEST_DAYS:
            self.add_error("start", _("Choose three years at most."))
        return found

    def chosen(self) -> Chosen:
        """What is asked for; of a form that is valid."""
        found = self.cleaned_data
        if found["start"]:
            start, end = found["start"], found["end"] or self.today
        else:
            start, end = span_of(found["period"], today=self.today)
        short = (end - start).days < _BY_WEEK_UP_TO_DAYS
        step = found["step"] or (Step.WEEK if short else Step.MONTH)
        return Chosen(start, end, step, found["team"])


def _first(day: date, step: Step) -> date:
    """Its Monday, or the first of its month."""
    return day - timedelta(days=day.weekday()) if step is Step.WEEK else day.replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
