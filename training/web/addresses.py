"""Numbers in addresses."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """At most nine digits, which every database can hold; a longer number is no address of ours."""

    regex = r"[0-9]{1,9}"


def init_app(app: Flask) -> None:
    """Read every `<int:…>` of `app` like this."""
    app.url_map.converters["int"] = RowNumber
