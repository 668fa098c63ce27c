"""Queries within limits: so many at once, each for so long, each in a process that is killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO

from anyio import to_thread
from pyoxigraph import RdfFormat, serialize
from starlette.exceptions import HTTPException

from ..errors import QueryError, QueryTimeoutError
from ..querying.formats import write_result
from ..querying.results import Graph, QueryResult
from ..querying.running import run_query
from .dataset import with_dataset
from .following import Edition, Live
from .negotiation import Offer

AT_ONCE = 4
"""So many queries run side by side."""

MOST_WAITING = 200
"""So many more may wait for their turn."""

LONGEST_WAIT = 20.0
"""Seconds that a query waits for its turn."""


class Asking:
    """Answers queries over the last sound edition, a few at a time."""

    def __init__(self, live: Live, timeout: float) -> None:
        """`timeout` is in seconds, for each query."""
        self._live = live
        self._timeout = timeout
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def answer(
        self, text: str, default: Sequence[str], named: Sequence[str], offer: Offer
    ) -> bytes:
        """The answer to a query, asked of these graphs, in the offered format.

        Raises:
            HTTPException: 400 for a faulty query, 406 if the format cannot hold the answer, 503 if
                its time was up, there was no turn for it, or there is nothing sound to ask.
        """
        async with self._its_turn():
            edition = self._live.state.edition
            if not edition:
                raise HTTPException(503, "there is nothing to ask yet: the claims have faults")
            query = with_dataset(text, default, named)
            work = asyncio.create_task(
                to_thread.run_sync(self._answered, edition, query, offer, abandon_on_cancel=True)
            )
            end = asyncio.create_task(self._live.ended())
            await asyncio.wait((work, end), return_when=asyncio.FIRST_COMPLETED)
            end.cancel()
            if not work.done():
                work.cancel()
                raise HTTPException(503, "the server has been stopped")
            try:
                return work.result()
            except QueryTimeoutError as error:
                raise HTTPException(503, str(error)) from None
            except QueryError as error:
                raise HTTPException(400, str(error)) from None

    @asynccontextmanager
    async def _its_turn(self) -> AsyncIterator[None]:
        if self._waiting >= MOST_WAITING:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._turn.acquire()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()

    def _answered(self, edition: Edition, query: str, offer: Offer) -> bytes:
        store, prefixes = edition.view(query)
        result = run_query(store, query, prefixes=prefixes, timeout=self._timeout)
        return written(result, offer.format, prefixes)


def written(result: QueryResult, output_format: str, prefixes: dict[str, str]) -> bytes:
    """An answer in a format of `negotiation`; raises `HTTPException` 406 if that cannot hold it."""
    out = BytesIO()
    try:
        if output_format == "rdfxml" and isinstance(result, Graph):
            serialize(result.triples, out, RdfFormat.RDF_XML)
        else:
            write_result(result, output_format, out, prefixes)
    except (QueryError, ValueError, OSError) as error:
        raise HTTPException(406, f"the answer does not fit this format: {error}") from None
    return out.getvalue()


def _busy() -> HTTPException:
    message = f"{AT_ONCE} queries are running and others wait already; ask again later"
    return HTTPException(503, message, headers={"Retry-After": "2"})
