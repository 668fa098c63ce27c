"""The live page and the SPARQL endpoint, for this machine only.

- `serve` runs the server; `application.app` is what it serves, `running` how.
- `following` reads the files again whenever they are saved; `live_page` is the map that shows it.
- `protocol` is ``/sparql`` (SPARQL 1.1 Protocol), with `asking`, `dataset`, `description`,
  `negotiation`; `contributing` takes new claims.
- `guarding` turns away whatever did not come from this server's own pages or from this machine.

Starlette, uvicorn and watchfiles are an optional extra and imported only here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import UsageError

__all__ = ["serve"]

_EXTRA = ("anyio", "starlette", "uvicorn", "watchfiles")


def serve(
    paths: Sequence[Path | str],
    *,
    host: str = "127.0.0.1",
    port: int = 8484,
    write: bool = False,
    token: str | None = None,
    timeout: float = 10.0,
    open_browser: bool = False,
    say: Callable[[str], object] = lambda _line: None,
) -> None:
    """Serve the debate in these files and folders until Ctrl-C; follow the files as they change.

    Args:
        paths: Files and folders of claims.
        host: An address of this machine that only this machine can reach.
        port: Where to listen; 0 takes a free port, which `say` is told.
        write: Let whoever has the token add claims.
        token: The token; without one a new one is made, which `say` is told.
        timeout: Seconds that a query may take.
        open_browser: Open the page in the browser once it is there.
        say: Is told, line by line, what the person who started the server needs to know.

    Raises:
        UsageError: the extra is not installed, the host can be reached from elsewhere, the time is
            not positive, or there is a token though nobody may write.
        DissensusError: the port is taken.
    """
    try:
        from .running import run
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        message = f"serve needs {error.name}; install it with: pip install 'dissensus[serve]'"
        raise UsageError(message) from None
    run(
        paths,
        host=host,
        port=port,
        write=write,
        token=token,
        timeout=timeout,
        open_browser=open_browser,
        say=say,
    )
