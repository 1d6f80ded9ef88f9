"""The Jinja2 environment of every page: strict, escaped, in the reader's language."""

from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from havre.doors.ui import charts, formats, forms
from havre.doors.ui.addresses import static, url

FILTERS = {
    "money": formats.money,
    "brief_money": formats.brief_money,
    "figure": formats.figure,
    "day": formats.day,
    "week_day": formats.week_day,
    "short_day": formats.short_day,
    "typed_day": formats.typed_day,
    "month": formats.month,
    "month_name": formats.month_name,
    "short_month": formats.short_month,
    "moment": formats.moment,
    "percent": formats.percent,
    "size": formats.size,
    "country": formats.country,
    "initials": formats.initials,
    # Of a macro: drawn once for the same arguments. Only where they say nothing of a reader.
    "remembered": lru_cache(maxsize=512),
    "field_view": forms.field_view,
    "problems": forms.problems,
}


def gettext(message: str, **values: object) -> Markup:
    """A message in the language now active, its values escaped, as `ext.i18n` says it.

    A page says thirty without a value: those are remembered.
    """
    return _said(message, values) if values else _plain(message, translation.get_language())


def _said(message: str, values: dict[str, object]) -> Markup:
    return Markup(translation.gettext(message)) % values  # noqa: S704  # of our catalogue


@lru_cache(maxsize=2048)
def _plain(message: str, _language: str | None) -> Markup:
    return _said(message, {})


def environment(**options: Any) -> Environment:
    """For Django's Jinja2 backend, which gives the loader and the options of the settings.

    A name that the view did not give is an error, never an empty string.
    """
    options |= {"undefined": StrictUndefined, "autoescape": True}
    options |= {"trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701  (autoescape is in the options)
    made.add_extension("jinja2.ext.i18n")
    made.policies["ext.i18n.trimmed"] = True  # as babel.cfg extracts them
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals |= {"gettext": gettext, "_": gettext}
    made.filters.update(FILTERS)
    made.globals.update(
        url=url,
        static=static,
        language=translation.get_language,
        meters=charts.meters,
        share=charts.share,
        split=charts.split,
    )
    return made
