"""Pages a phone may keep: only on the person's own phone, and always asked for again with an ETag."""

import hashlib
from collections.abc import Callable

from flask import make_response, request, session
from flask.typing import ResponseReturnValue

from training.core.permissions import Viewer
from training.web import i18n


def remembered(viewer: Viewer, render: Callable[[], str], *facts: object) -> ResponseReturnValue:
    """Return the page, or 304 without rendering it when this phone already holds it.

    The tag is made of what the page depends on, not of its bytes: tokens in forms change with every rendering
    but stay valid for the whole session, and an entry id sent twice counts once.

    Args:
        viewer: who reads; on a shared phone nothing is kept.
        render: makes the page.
        facts: everything the page shows that can change.
    """
    if not viewer.is_own_phone or session.get("_flashes"):
        return render()
    known = (viewer.session_id, viewer.address, i18n.current_language(), i18n.current_text_size(), *facts)
    tag = hashlib.sha256(repr(known).encode()).hexdigest()[:20]
    if request.if_none_match.contains_weak(tag):
        response = make_response("", 304)
    else:
        response = make_response(render())
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
