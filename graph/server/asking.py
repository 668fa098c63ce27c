"""Queries within limits: so many at once, each for so long, each in a process that is killed."""

from __future__ import annotations

import asyncio
from io import BytesIO

from anyio import to_thread
from pyoxigraph import RdfFormat, serialize
from starlette.exceptions import HTTPException

from ..errors import QueryError, QueryTimeoutError
from ..querying.formats import write_result
from ..querying.results import Graph, QueryResult
from ..querying.running import run_query
from .dataset import with_dataset
from .following import Edition
from .negotiation import Offer

AT_ONCE = 4
"""So many queries run side by side."""

MOST_WAITING = 200
"""So many more may wait for their turn."""

LONGEST_WAIT = 20.0
"""Seconds that a query waits for its turn."""


class Asking:
    """Answers queries over an edition, a few at a time."""

    def __init__(self, timeout: float) -> None:
        """`timeout` is in seconds, for each query."""
        self._timeout = timeout
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def answer(
        self, edition: Edition, text: str, default: list[str], named: list[str], offer: Offer
    ) -> bytes:
        """The answer to a query in the offered format.

        Raises:
            HTTPException: 400 for a faulty query, 406 if the format cannot hold the answer, 503 if
                its time was up or there was no turn for it.
        """
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
            return await to_thread.run_sync(
                self._answered, edition, text, default, named, offer, abandon_on_cancel=True
            )
        except QueryTimeoutError as error:
            raise HTTPException(503, str(error)) from None
        except QueryError as error:
            raise HTTPException(400, str(error)) from None
        finally:
            self._turn.release()

    def _answered(
        self, edition: Edition, text: str, default: list[str], named: list[str], offer: Offer
    ) -> bytes:
        store, prefixes = edition.view(text)
        query = with_dataset(text, default, named)
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
