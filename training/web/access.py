"""Who may open which page. Every view carries exactly one of the three marks; the factory refuses to start otherwise."""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from flask.typing import ResponseReturnValue

from training.core.errors import NotPermitted
from training.core.permissions import Permission, Viewer

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = "public"
SIGNED_IN = "signed in"


class UnguardedView(Exception):
    """A view does not say who may use it."""


class SignInNeeded(Exception):
    """Nobody is signed in (any more) and the page is not public."""


def _mark(view: View, rule: str | Permission) -> View:
    if hasattr(view, "access_rule"):
        raise UnguardedView(f"{view.__name__} carries two access marks")
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anyone may open this page."""
    return _mark(view, PUBLIC)


def signed_in(view: View) -> View:
    """Anyone who is signed in may open this page."""
    return _mark(view, SIGNED_IN)


def requires(permission: Permission) -> Callable[[View], View]:
    """Only holders of `permission` may open this page; which units they reach is the query's business."""
    return lambda view: _mark(view, permission)


def rule_of(app: Flask, endpoint: str) -> str | Permission | None:
    """Return the mark of the view at `endpoint`, or None when it has none."""
    return cast("str | Permission | None", getattr(app.view_functions[endpoint], "access_rule", None))


def refuse_unguarded(app: Flask) -> None:
    """Check every view of `app`.

    Raises:
        UnguardedView: a view without a mark; the message names it.
    """
    bare = sorted(e for e in app.view_functions if rule_of(app, e) is None)
    if bare:
        raise UnguardedView(f"these views do not say who may use them: {', '.join(bare)}")


def find_viewer() -> Viewer | None:
    """Return who is signed in, read at most once per request, or None."""
    if "viewer" not in g:
        g.viewer = current_app.extensions["viewer_loader"](session) if session else None
    return cast("Viewer | None", g.viewer)


def current_viewer() -> Viewer:
    """Return who is signed in; views behind `signed_in` or `requires` always have one."""
    viewer = find_viewer()
    if viewer is None:
        raise SignInNeeded
    return viewer


def forget_viewer() -> None:
    """Read viewer and CSRF token anew within this request: call it when someone has just signed in or out."""
    for name in ("viewer", "csrf_token", "csrf_valid"):
        g.pop(name, None)


def guard() -> None:
    """Before each request: let it pass, ask to sign in, or refuse."""
    if request.endpoint is None:
        return
    rule = rule_of(current_app, request.endpoint)
    if rule == PUBLIC:
        return
    viewer = current_viewer()
    if isinstance(rule, Permission) and not viewer.has(rule):
        raise NotPermitted


def ask_to_sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    """Answer a page that needs a person with the sign-in page itself: on a slow network a redirect costs a second.

    The first page is an ordinary page (200) for those who are not signed in; elsewhere the status says why (401).
    """
    is_safe = request.method in SAFE_METHODS
    target = request.full_path.rstrip("?") if is_safe else local_target(request.referrer)
    page = current_app.extensions["sign_in_page"](target, None if is_safe else request)
    return page, 200 if target == "/" and is_safe else 401


def local_target(address: str | None) -> str:
    """Return the path and query of `address` if it is one of ours, else "/" (never an open redirect)."""
    parts = urlsplit((address or "").replace("\\", "/"))
    is_ours = not parts.netloc or parts.netloc == request.host
    if not is_ours or parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return "/"
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def init_app(app: Flask) -> None:
    """Guard every request of `app`."""
    app.before_request(guard)
    app.register_error_handler(SignInNeeded, ask_to_sign_in)
