"""What a web process holds in memory before anybody asks it for anything."""

import subprocess
import sys

# Each takes megabytes, for what few members ever do: choose a password, issue a certificate, export.
SELDOM_NEEDED = {"zxcvbn", "pyhanko", "xlsxwriter", "ua_parser", "python_calamine"}
_AT_REST = """
import sys
from django.urls import get_resolver
from havre.project import wsgi

assert get_resolver().url_patterns
print(*sys.modules)
"""


def test_what_few_need_is_not_loaded_until_they_do() -> None:
    shown = subprocess.run([sys.executable, "-c", _AT_REST], capture_output=True, check=True)
    loaded = set(shown.stdout.decode().split())
    assert "havre.journeys.certificates.issuing" in loaded
    assert loaded.isdisjoint(SELDOM_NEEDED)
