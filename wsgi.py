"""The application for WSGI servers: `gunicorn wsgi:app`."""

import sys

from ivr.app import create_app
from ivr.config import ConfigError, load
from ivr.logs import configure

try:
    settings = load()
except ConfigError as error:
    sys.exit("The settings cannot be used:\n" + "\n".join(f"  {problem}" for problem in error.problems))

configure(settings.log_level)
app = create_app(settings)
