"""Takes in the records of one command: checked, normalised, sorted by household; or refused."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from havre.journeys.loading.agreement import check_agreement
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.checks import check, normalised
from havre.journeys.loading.problems import Located, Problem, Problems, WrongFeed
from havre.journeys.loading.records import Record

_by_household = attrgetter("record.household")


def gather(records: Iterable[Located[Record]], *, today: date) -> Batch:
    """Takes in every record, or refuses them all (``WrongFeed``) with what is wrong.

    ``records`` is read to its end first; when its own reader refuses, the problems of the rows that
    could be read are told with the reader's, but not those between rows, which would only follow.
    """
    batch, problems = Batch(), Problems()
    try:
        _take(records, batch, problems, today)
    except WrongFeed as wrong:
        problems.take(wrong)
    else:
        batch.persons.sort(key=_by_household)
        batch.bank_accounts.sort(key=_by_household)
        batch.contracts.sort(key=_by_household)
        batch.transfers.sort(key=_by_household)
        batch.lines.sort(key=_by_household)
        batch.unresolved.extend(check_agreement(batch, problems))
    problems.refuse()
    return batch


def _take(
    records: Iterable[Located[Record]], batch: Batch, problems: Problems, today: date
) -> None:
    kinds = batch.by_type()
    for located in records:
        record, location = located.record, located.location
        for found in check(record, today=today):
            if found.warning:
                batch.warnings.append(Problem(location, found.field, found.why))
            else:
                problems.add(location, found.field, found.why)
        tidy = normalised(record)
        kinds[type(record)].append(located if tidy is record else Located(tidy, location))
