"""Addresses of pages and files. A page has thirty, and nearly all of them are the same on each."""

from functools import lru_cache
from uuid import UUID

from django.templatetags.static import static as file_address
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

_ANY = UUID(int=0)


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page in the language now active: `{{ url('portal:contract', id=contract.id) }}`.

    What is remembered has no argument, or an id that is no one's in the place of the id.
    """
    if args or kwargs.keys() - {"id"}:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    row = kwargs.get("id")
    if row is None:
        return _remembered(name, None, get_language(), get_script_prefix())
    if not isinstance(row, UUID):
        return reverse(name, kwargs=kwargs)
    anyone = _remembered(name, _ANY, get_language(), get_script_prefix())
    return anyone.replace(str(_ANY), str(row))


@lru_cache(maxsize=256)
def _remembered(name: str, row: UUID | None, _language: str | None, _prefix: str) -> str:
    return reverse(name, kwargs={"id": row} if row else None)


@lru_cache(maxsize=64)
def static(path: str) -> str:
    """The address of a file of ours."""
    return file_address(path)
