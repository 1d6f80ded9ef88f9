from uuid import UUID

from havre.foundation.ids import new_id


def test_ids_are_version_7_of_the_standard_type() -> None:
    made = new_id()
    assert type(made) is UUID
    assert made.version == 7


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert sorted(made) == made
    assert len(set(made)) == 1000
