"""Who may see what of whom."""

from havre.domains.people.words import FamilyLink


def may_reveal_nir(*, link: FamilyLink, own: bool, adult: bool) -> bool:
    """Whether a reader with this family link may have someone's number shown whole.

    Everyone their own; those who answer for the minors, theirs; the holder that of all they insure.
    """
    return own or link is FamilyLink.HOLDER or (link.answers_for_minors and not adult)


def may_change_contact(*, link: FamilyLink, own: bool, adult: bool) -> bool:
    """Whether a reader with this family link may change how someone is reached.

    Everyone their own; the holder those of a minor. An adult's are nobody else's to change.
    """
    return own or (link is FamilyLink.HOLDER and not adult)


def may_hold_card(*, link: FamilyLink, own: bool, adult: bool) -> bool:
    """Whether a reader with this family link may carry someone's member card: as for the number."""
    return may_reveal_nir(link=link, own=own, adult=adult)


def may_see_account(*, link: FamilyLink, own: bool, adult: bool) -> bool:
    """Whether a reader may see where someone's refunds go: their own, and those of the minors that they
    answer for."""
    return own or (link.answers_for_minors and not adult)
