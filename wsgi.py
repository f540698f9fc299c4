"""The WSGI application, for any server: `wsgi:app`."""

import config
from training.factory import create_app

app = create_app(config.load())
