"""Who may have a certificate of whom, and see those that were issued."""

from havre.domains.people.words import FamilyLink


def may_certify(*, link: FamilyLink, own: bool, adult: bool) -> bool:
    """Everyone their own; those who answer for the minors, theirs; the holder that of all they insure."""
    return own or link is FamilyLink.HOLDER or (link.answers_for_minors and not adult)
