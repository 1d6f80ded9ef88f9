"""Who may have a social security number shown whole: the whole truth table."""

from itertools import product

import pytest

from havre.domains.people.access import may_reveal_nir
from havre.domains.people.words import FamilyLink

COUPLE = [FamilyLink.SPOUSE, FamilyLink.PARTNER]
OTHERS = [FamilyLink.CHILD, FamilyLink.PARENT, FamilyLink.OTHER]


@pytest.mark.parametrize(("own", "adult"), list(product([True, False], repeat=2)))
def test_the_holder_sees_everyones(own: bool, adult: bool) -> None:
    assert may_reveal_nir(link=FamilyLink.HOLDER, own=own, adult=adult)


@pytest.mark.parametrize("link", COUPLE)
@pytest.mark.parametrize(
    ("own", "adult", "allowed"),
    [(True, True, True), (True, False, True), (False, False, True), (False, True, False)],
)
def test_the_other_half_of_the_couple_sees_own_and_minors(
    link: FamilyLink, own: bool, adult: bool, allowed: bool
) -> None:
    assert may_reveal_nir(link=link, own=own, adult=adult) is allowed


@pytest.mark.parametrize("link", OTHERS)
@pytest.mark.parametrize(("own", "adult"), list(product([True, False], repeat=2)))
def test_a_child_sees_neither_brothers_nor_sisters(
    link: FamilyLink, own: bool, adult: bool
) -> None:
    assert may_reveal_nir(link=link, own=own, adult=adult) is own
