"""Who may ask: only this machine, and of all web pages only our own.

A page from elsewhere that is open in the same browser could send requests to a server on this
machine, and with a name that it points at 127.0.0.1 (DNS rebinding) read the answers. So the Host
has to be ours, an Origin has to be that of the Host, and a browser must not say that the request
comes from another site. Requests are limited in size and in the time they take to arrive.

https://www.rfc-editor.org/rfc/rfc9110#section-7.2, https://fetch.spec.whatwg.org/#origin-header,
https://www.w3.org/TR/fetch-metadata/
"""

from __future__ import annotations

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000
"""A larger request is refused."""

MOST_SECONDS = 20.0
"""A request whose body takes longer to arrive is refused."""

NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The content policy of whatever is no page."""

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_BY_DEFAULT = {"Content-Security-Policy": NOTHING_ALLOWED, "Cache-Control": "no-store"}


def authorities(host: str, port: int) -> frozenset[str]:
    """What the Host header may say: the names of this machine, with the port."""
    shown = f"[{host}]" if ":" in host else host
    names = {"127.0.0.1", "localhost", "[::1]", shown.lower()}
    bare = names if port == 80 else set()
    return frozenset({f"{name}:{port}" for name in names} | bare)


class Guard:
    """An application that passes on to another one only what may be asked."""

    def __init__(self, application: ASGIApp, known: frozenset[str]) -> None:
        """`known` are the authorities by which the server may be called."""
        self._application = application
        self._known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers[name] = value
                for name, value in _BY_DEFAULT.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(Headers(scope=scope))
        if refusal:
            await refusal(scope, receive, send_safely)
        else:
            await self._application(scope, _limited(receive), send_safely)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        hosts = [host.lower() for host in headers.getlist("host")]
        if len(hosts) != 1 or hosts[0] not in self._known:
            known = " or ".join(sorted(self._known))
            return _refused(421, f"this server answers to {known} only")
        origins = headers.getlist("origin")
        if origins and origins != [f"http://{hosts[0]}"]:
            return _refused(403, "pages from elsewhere may not ask this server")
        site = headers.get("sec-fetch-site", "none")
        if site not in ("none", "same-origin"):
            return _refused(403, "this was asked by a page from elsewhere: open the address itself")
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return _refused(400, "the Content-Length is no number")
        if int(length) > MOST_BYTES:
            return _refused(413, _too_large())
        return None


def _refused(status: int, reason: str) -> PlainTextResponse:
    return PlainTextResponse(f"{reason}\n", status_code=status)


def _too_large() -> str:
    return f"a request may have {MOST_BYTES:,} bytes at most"


def _limited(receive: Receive) -> Receive:
    """The same, raising `HTTPException` once a body grows too large or comes too slowly."""
    taken = 0
    complete = False
    deadline = anyio.current_time() + MOST_SECONDS

    async def receive_some() -> Message:
        nonlocal taken, complete
        if complete:  # what is waited for now is the end of the connection
            return await receive()
        try:
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "the request took too long to arrive") from None
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise HTTPException(413, _too_large())
        complete = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return receive_some
