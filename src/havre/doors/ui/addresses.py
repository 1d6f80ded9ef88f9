"""Addresses of pages and files. A page has thirty, and nearly all of them are the same on each."""

from functools import lru_cache

from django.templatetags.static import static as file_address
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: `{{ url('portal:contract', id=contract.id) }}`.

    In the language now active. Those without an argument are remembered.
    """
    if args or kwargs:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    return _plain(name, get_language(), get_script_prefix())


@lru_cache(maxsize=256)
def _plain(name: str, _language: str | None, _prefix: str) -> str:
    return reverse(name)


@lru_cache(maxsize=64)
def static(path: str) -> str:
    """The address of a file of ours."""
    return file_address(path)
