"""The WSGI application with its commands, for `flask` and for any server: `wsgi:app`."""

import config
from training.factory import create_app
from training.migrating import attach

app = attach(create_app(config.load()))
