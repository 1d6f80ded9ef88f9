"""The rules of requests. Pure."""

from havre.commons.cases.rules.numbers import number_of, serial_in

__all__ = ["number_of", "serial_in"]
