"""The rules of requests: working time and numbers. Pure."""

from havre.commons.cases.rules.numbers import number_of, serial_in
from havre.commons.cases.rules.working import add_working_days, worked_seconds

__all__ = ["add_working_days", "number_of", "serial_in", "worked_seconds"]
