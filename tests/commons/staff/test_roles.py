"""The matrix of roles is data, and a wrong word of it is named."""

from uuid import uuid4

import pytest
import yaml

from havre.commons.staff.access import matrix
from havre.commons.staff.rules.roles import WrongRoles, permissions_of, read
from havre.commons.staff.words import Permission, Scope, StaffRole

SHIPPED = {
    "version": 1,
    "roles": {role.value: sorted(one.value for one in matrix()[role]) for role in StaffRole},
}


def changed(**roles: object) -> str:
    return yaml.safe_dump({**SHIPPED, "roles": {**SHIPPED["roles"], **roles}})  # type: ignore[dict-item]


def test_the_shipped_matrix_reads_and_keeps_apart_what_must_be() -> None:
    found = matrix()
    reach_people = {Permission.MEMBERS_FIND, Permission.REQUESTS_READ, Permission.HEALTH_OPEN}
    for role in (StaffRole.EDITOR, StaffRole.ADMINISTRATOR):
        assert not found[role] & reach_people
    assert {role for role in StaffRole if Permission.MEDICAL_READ in found[role]} == {
        StaffRole.MEDICAL_ADVISER
    }
    assert {role for role in StaffRole if Permission.HEALTH_OPEN in found[role]} == {
        StaffRole.HEALTH_AGENT,
        StaffRole.MEDICAL_ADVISER,
    }
    assert {role for role in StaffRole if Permission.STAFF_MANAGE in found[role]} == {
        StaffRole.ADMINISTRATOR
    }


def test_roles_add_up() -> None:
    both = permissions_of([StaffRole.EDITOR, StaffRole.ADVISER], matrix())
    assert both == matrix()[StaffRole.EDITOR] | matrix()[StaffRole.ADVISER]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("roles: [", "no YAML"),
        ("[]", "version and roles"),
        (changed(AGENT=["requests.raed"]), "AGENT: no such permission: requests.raed"),
        (changed(AGENT=[]), "AGENT: expected permissions"),
        (changed(AGENT=["members.find", "members.find"]), "AGENT: a permission is written twice"),
        (changed(JANITOR=["members.find"]), "unknown or missing: JANITOR"),
        (changed(EDITOR=["figures.read"]), "no role may: content.edit"),
        (changed(AGENT=["medical.read"]), "AGENT: medical.read needs health.open"),
    ],
)
def test_a_wrong_word_is_named(text: str, said: str) -> None:
    with pytest.raises(WrongRoles, match=said):
        read(text)


def test_a_scope_asks_each_part_that_it_names() -> None:
    employer, other = uuid4(), uuid4()
    assert Scope().covers()
    assert Scope().is_everything
    narrow = Scope(products=frozenset({"ESC"}), employers=frozenset({employer}))
    assert narrow.covers(product="ESC", employer=employer)
    assert not narrow.covers(product="ESC", employer=other)
    assert not narrow.covers(product="ESC")
    assert not narrow.covers(product="OTHER", employer=employer)
    assert Scope(intermediaries=frozenset({other})).covers(intermediary=other)
