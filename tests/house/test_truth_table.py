"""What docs/confidentiality.md says is told to whom is what the rules say."""

from tests.house.truth_table import table, written


def test_the_page_says_what_the_rules_say() -> None:
    assert written() == table(), "write it again: python -m tests.house.truth_table"
