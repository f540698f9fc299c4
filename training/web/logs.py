"""One JSON line per request, with a request id and without personal data: the route, never the address."""

import logging
import sys
import time
import uuid

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def configure() -> None:
    """Write events as JSON lines to standard error; Vietnamese stays readable."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def begin() -> None:
    """Give the request its id."""
    g.request_id = uuid.uuid4().hex[:16]
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """Log the answer and send the id along, so that a caller can name the request."""
    response.headers["X-Request-Id"] = g.request_id
    log.info(
        "request",
        method=request.method,
        route=str(request.url_rule) if request.url_rule else None,
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.began) * 1000, 1),
    )
    return response


def init_app(app: Flask) -> None:
    """Log every request of `app`."""
    configure()
    app.before_request(begin)
    app.after_request(finish)
