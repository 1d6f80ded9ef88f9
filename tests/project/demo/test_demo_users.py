"""What the loading of the demo does once rather than again and again."""

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from havre.project.demo.users import hashed_once


def test_a_password_is_hashed_once_at_the_full_price() -> None:
    with hashed_once():
        one, again, other = map(make_password, ("quiet harbour", "quiet harbour", "loud harbour"))
    assert one == again != other
    assert check_password("quiet harbour", one)
    assert not check_password("loud harbour", one)
    assert not Argon2PasswordHasher().must_update(one)
    assert make_password("quiet harbour") != one
