"""Finds the resource that a reference means, across all files of one command."""

import re
from collections.abc import Iterable
from typing import TypeVar

from havre.exchanges.fhir.files import Found
from havre.exchanges.fhir.resources import Reference, Resource
from havre.journeys.loading.problems import Problems

R = TypeVar("R", bound=Resource)
_VERSION = re.compile(r"/_history/[^/]*$")


class Known:
    """The resources of one command, by every name under which a reference may call them.

    FHIR R4, "Resolving references in bundles": ``#id`` is contained in the resource that refers,
    ``urn:uuid:…`` and absolute addresses are an entry's ``fullUrl``, ``Type/id`` is relative. A
    server's address that no entry claims falls back to its last two parts, ``Type/id``.
    """

    def __init__(self, found: Iterable[Found], problems: Problems) -> None:
        self._by_name: dict[str, Found] = {}
        self.found: list[Found] = []
        for one in found:
            before = self._by_name.get(one.name)
            if before is None:
                self._learn(one)
            elif before.resource != one.resource:
                why = f"stands in {before.location.file} too, with other values"
                problems.add(one.location, "id", why)
            elif one.full_url:  # the same again, perhaps under another address
                self._by_name.setdefault(one.full_url, before)

    def _learn(self, one: Found) -> None:
        self.found.append(one)
        names = (one.name, one.full_url, f"urn:uuid:{one.resource.id}")
        for name in filter(None, names):
            self._by_name.setdefault(name, one)

    def of_type(self, kind: type[R]) -> list[tuple[R, Found]]:
        """Every resource of the type with where it was found, in the order of the files."""
        return [(one.resource, one) for one in self.found if isinstance(one.resource, kind)]

    def find(self, reference: Reference, holder: Found | None = None) -> Found | None:
        """What the reference means, or ``None`` where it is in none of the files."""
        target = _VERSION.sub("", reference.reference or "")
        if target.startswith("#"):
            return holder.contained.get(target[1:]) if holder else None
        return self._by_name.get(target) or self._by_name.get("/".join(target.split("/")[-2:]))

    def resource(
        self, reference: Reference, kind: type[R], holder: Found | None = None
    ) -> R | None:
        """The same, of one type only."""
        found = self.find(reference, holder)
        return found.resource if found and isinstance(found.resource, kind) else None


def last_part(reference: Reference) -> str | None:
    """The id in a reference, whether or not what it names is known: ``urn:uuid:1`` → ``1``."""
    target = _VERSION.sub("", reference.reference or "")
    return re.split(r"[/:#]", target)[-1] or None
