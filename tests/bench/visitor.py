"""Someone with a cookie: signs in over plain HTTP and says what the load generator must send."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from tests.support.cast import PIN

BR = {"Accept-Encoding": "br"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Visitor:
    """One cookie jar on one port."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> str:
        """Return the text of a page."""
        return self._send("GET", path, None)[1]

    def post(self, path: str, **fields: str) -> str:
        """Send a form with a token from the sign-in page; return where the answer points to."""
        token = self.token()
        reply, _text = self._send("POST", path, urlencode(fields | {"csrf_token": token}))
        assert reply.status < 400, f"POST {path} answers {reply.status}"
        return reply.getheader("Location") or ""

    def token(self) -> str:
        """Return a CSRF token of this session."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/sign-in"))
        assert found
        return found[1]

    def sign_in(self, name: str) -> "Visitor":
        """Sign in as a learner."""
        self.post("/sign-in", name=name, pin=PIN)
        return self

    def sign_in_staff(self, name: str, password: str) -> "Visitor":
        """Sign in as a member of staff."""
        self.post("/staff/sign-in", name=name, password=password)
        return self

    @property
    def headers(self) -> dict[str, str]:
        """Return what every request of this person carries."""
        return BR | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def _send(self, method: str, path: str, body: str | None) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.headers["Cookie"]} | (FORM if body else {})
        connection.request(method, path, body, headers)
        reply = connection.getresponse()
        text = reply.read().decode(errors="replace")
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return reply, text
