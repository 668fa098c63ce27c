"""``/sparql``: the SPARQL 1.1 Protocol, for queries only.

https://www.w3.org/TR/sparql11-protocol/. A query comes by GET, as a form, or as it is; the answer
has the form that the client likes best. What goes wrong is told in plain text, with line and
column for a faulty query.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from .asking import Asking, written
from .dataset import query_form
from .description import PREFIXES, description
from .following import Live
from .negotiation import GRAPHS, OFFERS, Offer, best_offer

METHODS = ("GET", "HEAD", "POST", "OPTIONS")

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_TAKES = {"Accept-Post": f"{_FORM}, {_QUERY}"}


class Asked(NamedTuple):
    """A query and the graphs that it is to be asked of; no text asks for the description."""

    text: str
    default: list[str]
    named: list[str]


class Protocol:
    """The endpoint over the last sound edition of the files."""

    def __init__(self, live: Live, timeout: float) -> None:
        """`timeout` is in seconds, for each query."""
        self._live = live
        self._asking = Asking(live, timeout)

    async def __call__(self, request: Request) -> Response:
        """Answer a request.

        Raises:
            HTTPException: 400 for a bad request or a faulty query, 403 for an update, 406 if there
                is no form of the answer that the client takes, 415 for a body of another sort, 503
                if the time was up, too many ask, or there is nothing sound to ask.
        """
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS), **_TAKES})
        asked = await _asked(request)
        accept = ", ".join(request.headers.getlist("accept"))
        if not asked.text:
            return self._description(request, accept)
        offers = OFFERS.get(query_form(asked.text))
        # A query of no form is faulty, which is what the client has to hear.
        offer = _offered(accept, offers) if offers else OFFERS["SELECT"][0]
        body = await self._asking.answer(*asked, offer)
        return _response(body, offer)

    def _description(self, request: Request, accept: str) -> Response:
        edition = self._live.state.edition
        graphs = edition.corpus.store.named_graphs() if edition else ()
        names = [name.value for name in graphs if isinstance(name, NamedNode)]
        endpoint = f"http://{request.headers['host']}{request.url.path}"
        # A browser, and a client that takes rows only, is told in Turtle all the same.
        offer = best_offer(accept, GRAPHS) or GRAPHS[0]
        body = written(description(endpoint, names), offer.format, PREFIXES)
        return _response(body, offer)


async def _asked(request: Request) -> Asked:
    in_address = _fields(request.scope["query_string"])
    if request.method != "POST":
        return _query(in_address, required=False)
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    _refuse_charset(parameters)
    if kind == _FORM:
        return _query(_fields(await request.body()), required=True)
    if kind == _UPDATE:
        raise _no_update()
    if kind != _QUERY:
        raise HTTPException(415, f"a query is sent as {_FORM} or {_QUERY}", headers=_TAKES)
    if any(name == "query" for name, _value in in_address):
        raise HTTPException(400, "the query is given twice, in the address and as the body")
    text = _decoded(await request.body())
    return _query([*in_address, ("query", text)], required=True)


def _query(fields: list[tuple[str, str]], *, required: bool) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _no_update()
    texts = values.get("query", [])
    if len(texts) > 1:
        raise HTTPException(400, "the query is given twice")
    if not "".join(texts).strip() and (texts or required):
        raise HTTPException(400, "there is no query")
    return Asked(
        "".join(texts),
        _iris("default-graph-uri", values),
        _iris("named-graph-uri", values),
    )


def _iris(name: str, values: dict[str, list[str]]) -> list[str]:
    iris = values.get(name, [])
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError:
            raise HTTPException(400, f"{name} is no absolute IRI: {iri!r}") from None
    return iris


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _decoded(data), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except UnicodeDecodeError:
        raise HTTPException(400, "the request is not UTF-8") from None
    except ValueError:
        raise HTTPException(400, "the request has more than 1000 fields") from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise HTTPException(400, "the request is not UTF-8") from None


def _refuse_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(' "').lower() not in ("utf-8", "utf8"):
            raise HTTPException(415, "a query is sent as UTF-8", headers=_TAKES)


def _no_update() -> HTTPException:
    return HTTPException(403, "this endpoint answers queries; it takes no updates")


def _offered(accept: str, offers: tuple[Offer, ...]) -> Offer:
    offer = best_offer(accept, offers)
    if offer:
        return offer
    media = ", ".join(offer.media for offer in offers)
    raise HTTPException(406, f"this query is answered as {media}")


def _response(body: bytes, offer: Offer) -> Response:
    media = f"{offer.media}; charset=utf-8" if offer.media.startswith("text/") else offer.media
    # Set as a header: Starlette would add a charset to some types.
    return Response(body, headers={"Content-Type": media, "Vary": "Accept"})
