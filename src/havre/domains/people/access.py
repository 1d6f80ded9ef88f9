"""Who may see what of whom."""

from havre.domains.people.words import FamilyLink


def may_reveal_nir(*, link: FamilyLink, own: bool, adult: bool) -> bool:
    """Whether a reader with this family link may have someone's number shown whole.

    Everyone their own and that of minors; the holder that of everyone they insure.
    """
    return own or not adult or link is FamilyLink.HOLDER
