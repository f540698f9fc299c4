"""Built style sheets and scripts: names with a hash inside, served compressed and kept by the phone for a year."""

import hashlib
import json
import re
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

import config

STATIC = config.ROOT / "static"
MANIFEST = STATIC / "dist" / "manifest.json"
# Changes whenever a style sheet or script does; pages that phones keep depend on it.
BUILD = hashlib.sha256(MANIFEST.read_bytes()).hexdigest()[:12]
HASHED = re.compile(r"-[0-9A-Za-z]{8}\.(css|js|svg)$")


def read_manifest(path: Path) -> dict[str, str]:
    """Return logical name → file name, as the build wrote it."""
    manifest: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def is_hashed(_path: str, url: str) -> bool:
    """Tell whether the file at `url` can never change."""
    return bool(HASHED.search(url))


def init_app(app: Flask) -> None:
    """Serve `static/` in front of the app and give templates `asset(name)`."""
    manifest = read_manifest(MANIFEST)
    addresses = {name: f"/static/dist/{file}" for name, file in manifest.items()}
    app.jinja_env.globals["asset"] = addresses.__getitem__
    server = WhiteNoise(app.wsgi_app, immutable_file_test=is_hashed, max_age=3600)
    for folder in ("dist", "img"):
        server.add_files(str(STATIC / folder), prefix=f"static/{folder}/")
    app.wsgi_app = server  # type: ignore[method-assign]
