"""What contracts withhold, by rules that are data: the file that ships, or the operator's own."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
from django.conf import settings

from havre.domains.contracts.rules import Withholding
from havre.domains.contracts.words import ContractKind, Withheld

SHIPPED = Path(__file__).with_name("confidentiality.yaml")


class WrongRules(Exception):
    """The file is not a set of rules; says where and why."""


class _Rule(msgspec.Struct, forbid_unknown_fields=True):
    kind: ContractKind
    withholds: list[Withheld]
    product: str | None = None
    employer: Annotated[str, msgspec.Meta(pattern="^[0-9]{9}$")] | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: Annotated[str, msgspec.Meta(min_length=1)]
    sensitive: list[str]
    private_from_age: Annotated[int, msgspec.Meta(ge=0, le=18)]
    contracts: list[_Rule]


@dataclass(frozen=True)
class Confidentiality:
    """The rules in force. ``sensitive`` are categories of care, ``private_from_age`` whole years."""

    version: str
    sensitive: frozenset[str]
    private_from_age: int
    withholdings: tuple[Withholding, ...]


def confidentiality() -> Confidentiality:
    """The rules of this process, read once. Refuses (``WrongRules``) a file that is none."""
    return read(settings.HAVRE.CONFIDENTIALITY or SHIPPED)


@lru_cache(maxsize=8)
def read(path: Path) -> Confidentiality:
    """The rules of a file. Refuses (``WrongRules``)."""
    try:
        file = msgspec.yaml.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError) as error:
        raise WrongRules(f"{path.name}: {error}") from None
    return Confidentiality(
        version=file.version,
        sensitive=frozenset(file.sensitive),
        private_from_age=file.private_from_age,
        withholdings=tuple(
            Withholding(rule.kind, frozenset(rule.withholds), rule.product, rule.employer)
            for rule in file.contracts
        ),
    )
