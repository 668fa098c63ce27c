"""The web application: the live page, the query pane, the endpoint, and a few small answers.

==================  ============================================================================
``/``               the map, kept up with the files
``/events``         what changed, as server-sent events
``/query``          the query pane
``/sparql``         SPARQL 1.1 Protocol
``/queries``        the saved queries, for the pane
``/names``          IRI → name of each claim, for the pane
``/check``          the findings of the last reading
``/health``         whether the server is well, and the files are sound
``POST /claims``    a new claim, with the token
==================  ============================================================================

Only what stands in this table is served, and no path of a request is ever a path of a file.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from .. import terms as t
from ..analysis.plain import findings_json
from ..querying.saved import query_folders, saved_queries
from .contributing import Contributing
from .following import Live
from .guarding import Guard
from .live_page import Page, asset, empty_page, live_page
from .protocol import METHODS, Protocol

_ASSETS = {"query.css": "text/css", "query.js": "text/javascript"}
_PANE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def app(
    live: Live, known: frozenset[str], *, token: str | None = None, timeout: float = 10.0
) -> ASGIApp:
    """The application over some files.

    Args:
        live: The files; they are followed while the application runs.
        known: By which authorities it may be called; see `guarding.authorities`.
        token: What a request has to show to add a claim; without one nobody can.
        timeout: Seconds that a query may take.
    """

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        async with live.following():
            yield

    pages = _Pages(live)
    guarded = Starlette(
        routes=[
            Route("/", pages.map),
            Route("/events", pages.events),
            Route("/query", pages.query),
            *(Route(f"/assets/{name}", _asset(name, kind)) for name, kind in _ASSETS.items()),
            Route("/queries", pages.queries),
            Route("/names", pages.names),
            Route("/check", pages.check),
            Route("/health", pages.health),
            Route("/sparql", Protocol(live, timeout).__call__, methods=list(METHODS)),
            Route("/claims", Contributing(live, token).__call__, methods=["POST"]),
        ],
        exception_handlers={HTTPException: _told},
        lifespan=lifespan,
    )
    return Guard(guarded, known)


class _Pages:
    """What is there to read."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._empty = live_page(empty_page("The claims have faults."), write=False)

    async def map(self, _request: Request) -> Response:
        return _page(self._live.state.page or self._empty)

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._live.events(), media_type="text/event-stream")

    async def query(self, _request: Request) -> Response:
        headers = {"Content-Security-Policy": _PANE_POLICY}
        return Response(asset("query.html"), media_type="text/html", headers=headers)

    async def queries(self, _request: Request) -> Response:
        return JSONResponse(await to_thread.run_sync(self._queries))

    def _queries(self) -> dict[str, Any]:
        edition = self._live.state.edition
        prefixes = edition.corpus.prefixes if edition else t.COMMON_PREFIXES
        found, faults = saved_queries(query_folders(self._live.paths))
        return {
            "queries": [
                {
                    "name": query.name,
                    "title": query.title,
                    "meaning": query.meaning,
                    "columns": [column._asdict() for column in query.columns],
                    "text": query.text,
                    "own": query.is_own,
                }
                for query in found
            ],
            "faults": [str(fault) for fault in faults],
            "prefixes": dict(sorted(prefixes.items())),
            "classes": [t.local_name(iri) for iri in t.CLASSES],
            "properties": [t.local_name(iri) for iri in t.PROPERTIES],
        }

    async def names(self, _request: Request) -> Response:
        edition = self._live.state.edition
        names = {}
        if edition:
            debate = edition.debate
            names = {iri: debate.name(iri) for iri in debate.claim_iris}
        return JSONResponse({"claims": names})

    async def check(self, _request: Request) -> Response:
        return JSONResponse(findings_json(self._live.state.findings))

    async def health(self, _request: Request) -> Response:
        state = self._live.state
        claims = len(state.edition.debate) if state.edition else 0
        sound = not state.faults
        return JSONResponse({"version": state.version, "sound": sound, "claims": claims})


def _page(page: Page) -> Response:
    headers = {"Content-Security-Policy": page.policy}
    return Response(page.body, media_type="text/html", headers=headers)


def _asset(name: str, kind: str) -> Any:
    text = asset(name)

    async def answer(_request: Request) -> Response:
        return Response(text, media_type=kind)

    return answer


async def _told(_request: Request, error: Exception) -> Response:
    """An error in plain text, a line at least."""
    assert isinstance(error, HTTPException)
    return PlainTextResponse(
        f"{error.detail}\n", status_code=error.status_code, headers=error.headers
    )
