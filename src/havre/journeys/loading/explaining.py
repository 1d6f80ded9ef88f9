"""What the decoder says, told so that someone who knows feeds but not Python can mend the file."""

import re
from typing import Final, get_args

from havre.journeys.loading import records
from havre.journeys.loading.problems import shown

_PLACE: Final = re.compile(r" - at (?P<key>`key` in )?`\$\.?(?P<path>[^`]*)`$")
_STEP: Final = re.compile(r"[^.\[\]]+|\[[0-9]+\]")
_NAME: Final = re.compile(r"`([^`]*)`")
_FIELD_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")

_KINDS_OF_VALUE: Final = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "an amount",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
    "date": "a date",
}
_WORDS: Final = {
    "link": get_args(records.Link),
    "category": get_args(records.Category),
    "language": get_args(records.Language),
    "kind": ("INDIVIDUAL", "COLLECTIVE"),
    "scheme": ("CFE_COMPLEMENT", "FIRST_EURO", "NOT_STATED"),
    "payee": ("MEMBER", "PROVIDER", "NOT_STATED"),
}
# Values of these fields are never repeated in a message, whatever they look like.
_NEVER_SHOWN: Final = frozenset({"nir", "iban", "account_number", "email", "phone"})


def explain(message: str, content: object, *, records_expected: tuple[str, ...]) -> tuple[str, str]:
    """The field and the reason, from the decoder's message and the line's undecoded content."""
    path, on_key = "", False
    if place := _PLACE.search(message):
        path, on_key = place["path"], place["key"] is not None
        message = message[: place.start()]
    if path == "record" or (not path and "required field `record`" in message):
        return "record", _wrong_record(content, records_expected)
    if name := _NAME.search(message) if "field `" in message else None:
        return _field_that_is_missing_or_unknown(path, name[1], message)
    value = None if on_key else _at(content, path)
    return path, _reason(message, path.rpartition(".")[2], value)


def _wrong_record(content: object, expected: tuple[str, ...]) -> str:
    kinds = "one of " + ", ".join(expected)
    if isinstance(content, dict) and "record" in content:
        return f"{shown(content['record'])} is not a record of this kind of file: {kinds}"
    return f"is missing; every record says what it is: {kinds}"


def _field_that_is_missing_or_unknown(path: str, name: str, message: str) -> tuple[str, str]:
    name = name if _FIELD_NAME.fullmatch(name) else "…"
    field = f"{path}.{name}" if path else name
    return field, "is missing" if "missing" in message else "is not a field of this record"


def _at(content: object, path: str) -> object:
    """The value at the decoder's path, or ``None`` where the path does not tell (``[...]``)."""
    if "..." in path:
        return None
    for step in _STEP.findall(path):
        try:
            content = content[int(step[1:-1]) if step[0] == "[" else step]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return content


def _reason(message: str, field: str, value: object) -> str:
    name = re.sub(r"\[.*", "", field)
    it = "this value" if name in _NEVER_SHOWN else shown(value)
    if "RFC3339" in message:
        return f"{it} is not a date (YYYY-MM-DD)"
    if "decimal" in message and "got" not in message:
        return f"{it} is not an amount"
    if "enum value" in message:
        return f"{it} is not one of {', '.join(_WORDS.get(name, ()))}"
    if "[A-Z]{3}" in message:
        return f"{it} is not a currency code of three capital letters"
    if "[A-Z]{2}" in message:
        return f"{it} is not a country code of two capital letters"
    return _wrong_type(message) or _wrong_size(message) or "is not valid"


def _wrong_type(message: str) -> str | None:
    found = re.fullmatch(r"Expected `(.+)`, got `(.+)`", message)
    if found is None:
        return None
    wanted = " or ".join(_KINDS_OF_VALUE.get(kind, kind) for kind in found[1].split(" | "))
    return f"must be {wanted}, not {_KINDS_OF_VALUE.get(found[2], found[2])}"


def _wrong_size(message: str) -> str | None:
    found = re.fullmatch(r"Expected `(\w+)` (of length )?(>=|<=) (-?\d+)", message)
    if found is None:
        return None
    kind, length, sign, limit = found.groups()
    if not length:
        return f"must be {limit} or {'more' if sign == '>=' else 'less'}"
    if sign == ">=":
        return "is empty" if limit == "1" else f"is shorter than {limit}"
    what = "characters" if kind == "str" else "items"
    return f"has more than {limit} {what}"
