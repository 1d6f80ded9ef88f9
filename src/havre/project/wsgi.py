"""What the web server runs."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from havre.project.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.project.django_settings")
if served_by := os.environ.get("HAVRE_SERVED_BY"):
    # A worker of the web server whose master was killed would hold its port for ever.
    die_with_parent(signal.SIGKILL, parent=int(served_by))()
application = get_wsgi_application()
