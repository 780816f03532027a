"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcdb.settings")
os.environ.setdefault("VCDB_DB_ROLE", "web")

application = get_wsgi_application()
