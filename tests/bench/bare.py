"""The floor: the thinnest Flask pages that do what ours must, served with the very same server settings.

`/page`: one ORM query of 20 rows and a template of about 8 KB. `/signed-in`: a signed session cookie, the person behind
it, their progress (three queries), and the same 8 KB. `/saves`: one row, durable before it is acknowledged.
"""

import logging
import socket
import sys
import threading
from pathlib import Path

from flask import Flask, Response, jsonify, render_template, request, session
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from waitress.server import create_server

from training.serving import options

ROWS = 20
TEMPLATE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><p>{{ who }} {{ done }}</p><ul>{% for item in items %}<li><a href="/page/{{ item.id }}">{{ item.title }}</a>
<p>{{ item.body }}</p></li>{% endfor %}</ul></body></html>"""


class Base(DeclarativeBase):
    """Tables of the floor."""


db = SQLAlchemy(model_class=Base)


class Item(Base):
    """A lesson, as it were."""

    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]


class User(Base):
    """A learner."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Done(Base):
    """What a learner has done."""

    __tablename__ = "done"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    item_id: Mapped[int]


class Saved(Base):
    """An answer, as it were."""

    __tablename__ = "saved"
    id: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]


def create_app(data_dir: Path, database: str = "") -> Flask:
    """Return the bare app with its rows, on SQLite unless `database` is an address."""
    app = Flask("bare")
    app.config["SECRET_KEY"] = "b" * 40
    app.config["SQLALCHEMY_DATABASE_URI"] = database or f"sqlite:///{data_dir / 'bare.sqlite3'}"
    app.jinja_loader = DictLoader({"page.html": TEMPLATE})  # type: ignore[assignment]
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _tune)
        db.create_all()
        if db.session.get(User, 1) is None:
            _fill()
    app.add_url_rule("/page", view_func=page)
    app.add_url_rule("/signed-in", view_func=signed_in)
    app.add_url_rule("/saves", view_func=save, methods=["POST"])
    app.add_url_rule("/sign-in", view_func=sign_in)
    app.add_url_rule("/healthz", view_func=lambda: "ok", endpoint="healthz")
    return app


def _tune(connection: object, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _fill() -> None:
    text = "Nội dung bài học được viết bằng chữ thường, đủ dài để trang nặng chừng tám nghìn byte như một bài thật. "
    db.session.add(User(id=1, name="Người Thử"))
    db.session.add_all(
        Item(id=n, title=f"Bài {n}: nhận biết tin giả", body=(text * 3)[:235]) for n in range(1, ROWS + 1)
    )
    db.session.flush()
    db.session.add_all(Done(user_id=1, item_id=n) for n in range(1, 6))
    db.session.commit()


def page() -> str:
    """One query and a template."""
    items = db.session.scalars(select(Item).limit(ROWS)).all()
    return render_template("page.html", title="Trang", who="", done="", items=items)


def signed_in() -> str | Response:
    """A session, a person, their progress, a template."""
    user = db.session.get(User, session.get("user", 0))
    if user is None:
        return Response("sign in", 401)
    done = db.session.scalars(select(Done).where(Done.user_id == user.id)).all()
    items = db.session.scalars(select(Item).limit(ROWS)).all()
    return render_template("page.html", title="Trang", who=user.name, done=len(done), items=items)


def save() -> Response:
    """One row and one commit, as durable as ours; no session and no check."""
    row = {"id": request.form["entry_id"], "answer": request.form["answer"]}
    db.session.execute(insert(Saved).values(**row))
    db.session.commit()
    return jsonify(saved=row["id"])


def sign_in() -> str:
    """Give a session."""
    session["user"] = 1
    return "ok"


def main() -> None:
    """Serve: data_dir port [address of a database]."""
    app = create_app(Path(sys.argv[1]), *sys.argv[3:])
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = {"THREADS": 8, "MAX_CONTENT_LENGTH": 1 << 20, "TRUSTED_PROXIES": 0}
    entrance = socket.create_server(("127.0.0.1", int(sys.argv[2])))
    server = create_server(app, sockets=[entrance], **options(settings))
    threading.Thread(target=server.run, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
