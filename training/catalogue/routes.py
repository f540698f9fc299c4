"""Pictures of courses, kept by phones for ever because their names change with their content."""

from flask import Blueprint, Response, request

from training.catalogue import queries
from training.content.pictures import CONTENT_TYPES
from training.core.errors import NotFound
from training.web.access import public

catalogue = Blueprint("catalogue", __name__)

# A picture opened by itself is a page of its own; it may draw and do nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@catalogue.get("/media/<sha256>.<extension>")
@public
def show_media(sha256: str, extension: str) -> Response:
    """Send one picture, compressed when the phone can read that."""
    picture = queries.find_media(sha256)
    if picture is None or CONTENT_TYPES.get(extension) != picture.content_type:
        raise NotFound
    is_small = picture.body_br is not None and request.accept_encodings["br"] > 0
    response = Response(picture.body_br if is_small else picture.body, content_type=picture.content_type)
    if is_small:
        response.headers["Content-Encoding"] = "br"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
