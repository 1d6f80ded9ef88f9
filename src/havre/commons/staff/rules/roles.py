"""The matrix of roles and permissions, from its text. A wrong word is named, and stops the start."""

from collections.abc import Iterable
from typing import Any

import yaml

from havre.commons.staff.words import Matrix, Permission, StaffRole

MEDICAL_NEEDS = {Permission.MEDICAL_READ: Permission.HEALTH_OPEN}
"""What may be read only by who opens health first."""


class WrongRoles(ValueError):
    """The text of the roles is not one: the message says where."""


def read(text: str) -> Matrix:
    """What each role may do. Raises :class:`WrongRoles`."""
    try:
        given: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongRoles(f"no YAML: {error}") from None
    if not isinstance(given, dict) or set(given) != {"version", "roles"}:
        raise WrongRoles("expected: version and roles")
    roles = given["roles"]
    if not isinstance(roles, dict):
        raise WrongRoles("roles: expected a list of permissions for each role")
    _same("roles", roles, StaffRole)
    matrix = {StaffRole(role): _permissions(role, said) for role, said in roles.items()}
    if nobody := set(Permission).difference(*matrix.values()):
        raise WrongRoles(f"no role may: {', '.join(sorted(nobody))}")
    return matrix


def permissions_of(roles: Iterable[StaffRole], matrix: Matrix) -> frozenset[Permission]:
    """What somebody with these roles may do: they add up."""
    return frozenset().union(*(matrix[role] for role in roles))


def _permissions(role: str, said: Any) -> frozenset[Permission]:
    if not isinstance(said, list) or not said:
        raise WrongRoles(f"{role}: expected permissions")
    if unknown := sorted({str(one) for one in said} - set(Permission)):
        raise WrongRoles(f"{role}: no such permission: {', '.join(unknown)}")
    if len(said) != len(set(said)):
        raise WrongRoles(f"{role}: a permission is written twice")
    found = frozenset(map(Permission, said))
    for one, needed in MEDICAL_NEEDS.items():
        if one in found and needed not in found:
            raise WrongRoles(f"{role}: {one} needs {needed}")
    return found


def _same(what: str, said: Iterable[Any], words: type[StaffRole]) -> None:
    given = {str(one) for one in said}
    if wrong := sorted(given ^ {word.value for word in words}):
        raise WrongRoles(f"{what}: unknown or missing: {', '.join(wrong)}")
