"""What a feed may change of what is known of a person. Pure: the mark of the feed is passed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Origins: TypeAlias = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Merged:
    """The values as they stand after the feed, and where each came from.

    ``changed`` are the fields that the feed changed; ``contested`` those where it says something
    else than a value that the member or the desk confirmed, which stays.
    """

    values: Mapping[str, object]
    origin: Origins
    changed: tuple[str, ...]
    contested: tuple[str, ...]


def merge(
    *,
    known: Mapping[str, object],
    origin: Origins,
    stated: Mapping[str, object],
    mark: Mapping[str, object],
) -> Merged:
    """What a feed states, put into what is known; a field it does not state says nothing.

    ``None`` states that there is no value. The origin of a value that does not change stays too.
    """
    differing = [field for field, value in stated.items() if known.get(field) != value]
    contested = tuple(field for field in differing if is_confirmed(origin, field))
    changed = tuple(field for field in differing if field not in contested)
    return Merged(
        values={**known, **{field: stated[field] for field in changed}},
        origin={**origin, **dict.fromkeys(changed, mark)},
        changed=changed,
        contested=contested,
    )


def is_confirmed(origin: Origins, field: str) -> bool:
    """Whether the member or the desk confirmed the value."""
    return bool(origin.get(field, {}).get("confirmed"))
