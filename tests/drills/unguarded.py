"""``havre serve`` in which a draft is no key: it is not locked, and it outlives its sending.

``python -m tests.drills.unguarded serve --port N``. The process that answers reads this module again.
"""

import sys

from django.core import wsgi


def take_away() -> None:
    from havre.commons.cases.actions import filing

    drafts = filing.Draft.objects
    drafts.select_for_update = drafts.all  # type: ignore[method-assign]
    filing.Draft.delete = lambda _row: (0, {})  # type: ignore[method-assign, assignment]


def _application() -> object:
    made = _made()
    take_away()
    return made


_made, wsgi.get_wsgi_application = wsgi.get_wsgi_application, _application  # type: ignore[assignment]

if __name__ == "__main__":
    from havre.project.cli import main

    sys.exit(main())
