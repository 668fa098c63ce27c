"""The server itself: the socket, uvicorn, and a clean end on Ctrl-C."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn
from anyio import to_thread

from ..errors import DissensusError, UsageError
from ..querying.isolated import stop_all
from .application import app
from .following import Live
from .guarding import authorities


def run(
    paths: Sequence[Path | str],
    *,
    host: str,
    port: int,
    write: bool,
    token: str | None,
    timeout: float,
    open_browser: bool,
    say: Callable[[str], object],
) -> None:
    """Serve until Ctrl-C; the arguments are those of `serve`."""
    if not timeout > 0:
        raise UsageError(f"a query needs a time above 0 seconds, not {timeout:g}")
    if token is not None and not write:
        raise UsageError("a token is for writing: use it with --write")
    if token is not None and not (token.isascii() and token.isprintable() and token.strip(" ")):
        raise UsageError("a token is made of printable ASCII characters")
    if write:
        token = token or secrets.token_urlsafe(24)
    with _listening(host, port) as listener:
        live = Live(paths, write=write)
        server = Server(live, listener, host, token=token, timeout=timeout, opens=open_browser)
        say(f"{len(live.state.faults)} faults: see the page" if live.state.faults else "sound")
        say(f"serving {server.home} (Ctrl-C ends it)")
        if token:
            say(f"to add a claim on the page: {server.home}#token={token}")
        server.start()


def _listening(host: str, port: int) -> socket.socket:
    """A socket on an address that only this machine can reach."""
    try:
        family, _kind, _protocol, _name, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        if not ipaddress.ip_address(place[0]).is_loopback:
            raise UsageError(f"{host} can be reached from other machines; use 127.0.0.1")
        return socket.create_server((str(place[0]), port), family=family)
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise DissensusError(f"{host}:{port}: cannot listen there: {reason}") from None


class Server(uvicorn.Server):
    """The server of some files on a socket that listens; `home` is the address of its page."""

    def __init__(
        self,
        live: Live,
        listener: socket.socket,
        host: str,
        *,
        token: str | None,
        timeout: float,
        opens: bool = False,
    ) -> None:
        port = listener.getsockname()[1]
        self.home = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        self._live = live
        self._listener = listener
        self._opens = opens
        super().__init__(
            uvicorn.Config(
                app(live, authorities(host, port), token=token, timeout=timeout),
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=500,
                timeout_keep_alive=10,
                timeout_graceful_shutdown=2,
                h11_max_incomplete_event_size=65_536,
            )
        )

    def start(self) -> None:
        """Serve until Ctrl-C, or until `should_exit` is set."""
        with suppress(KeyboardInterrupt):  # uvicorn raises it again after a clean end
            self.run(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and open the page if that is wished."""
        await super().startup(sockets)
        if self._opens:
            await to_thread.run_sync(webbrowser.open, self.home)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let those go who wait for news or for an answer, then end."""
        self._live.close()
        stop_all()
        await super().shutdown(sockets)
