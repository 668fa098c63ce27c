"""``POST /claims``: a new claim from whoever has the token, through the same check as ``add``."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..adding import Addition, prepare_claim
from ..analysis.plain import findings_json
from ..debate import nearest
from ..describing import Relations
from ..errors import DissensusError, InputError, UnknownNameError, UsageError
from ..model import Claim, Quote, Speaker
from ..reading import source_file
from ..terms import ClaimKind
from .following import Live

_RELATIONS = (
    "supports", "evidence_for", "rebuts", "undercuts", "restates", "contradicts", "qualifies",
)  # fmt: skip
_LISTS = ("speaker", "reported_by", "topic", "question", "value", *_RELATIONS)
_TEXTS = ("text", "name", "kind", "language", "new_speaker", "quote", "document")


class Contributing:
    """Takes new claims, one at a time; without a token it takes none."""

    def __init__(self, live: Live, token: str | None) -> None:
        """`token` is what a request has to show."""
        self._live = live
        self._token = token
        self._turn = asyncio.Lock()

    async def __call__(self, request: Request) -> Response:
        """Add the claim in the body, and answer with its name, its file and its lines.

        Raises:
            HTTPException: 400 if the body is no claim, 401 without a token, 403 with a wrong one
                or if nobody may write, 409 if the file changed meanwhile, 415 if it is no JSON.
        """
        self._authorize(request.headers.get("authorization", ""))
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise HTTPException(415, "a claim is sent as application/json")
        fields = _fields(await request.body())
        async with self._turn:
            try:
                addition = await to_thread.run_sync(self._prepared, fields)
            except InputError as error:
                return JSONResponse(findings_json(error.findings), status_code=422)
            except (UnknownNameError, UsageError) as error:
                raise HTTPException(400, str(error)) from None
            try:
                await to_thread.run_sync(addition.write)
            except DissensusError as error:
                raise HTTPException(409, str(error)) from None
        self._live.saved()
        answer = {
            "iri": addition.iri,
            "file": source_file(addition.path).name,
            "text": addition.text,
            **findings_json(addition.warnings),
        }
        return JSONResponse(answer, status_code=201)

    def _authorize(self, given: str) -> None:
        if self._token is None:
            raise HTTPException(403, "this server was started for reading only")
        scheme, _, token = given.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            challenge = {"WWW-Authenticate": 'Bearer realm="dissensus"'}
            raise HTTPException(401, "a claim is added with the token", headers=challenge)
        if not secrets.compare_digest(token.strip().encode(), self._token.encode()):
            raise HTTPException(403, "this is not the token that the server was started with")

    def _prepared(self, fields: dict[str, Any]) -> Addition:
        def text(name: str) -> str:
            return str(fields.get(name, ""))

        def names(name: str) -> tuple[str, ...]:
            return tuple(fields.get(name, ()))

        new = [Speaker("", text("new_speaker"))] if text("new_speaker") else []
        quotes = (Quote(text("quote"), document=text("document")),) if text("quote") else ()
        claim = Claim(
            iri=text("name"),
            text=text("text"),
            language=fields.get("language", "en"),
            kind=ClaimKind(fields.get("kind", ClaimKind.CLAIM.value)),
            speakers=(*names("speaker"), *(speaker.label for speaker in new)),
            reporters=names("reported_by"),
            topics=names("topic"),
            questions=names("question"),
            values=names("value"),
            quotes=quotes,
        )
        relations = Relations(**{relation: names(relation) for relation in _RELATIONS})
        return prepare_claim(claim, relations, paths=self._live.paths, new=new)


def _fields(body: bytes) -> dict[str, Any]:
    """The fields of a claim; a name where a list of names may stand is a list of one."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400, "the body is no JSON") from None
    if not isinstance(fields, dict):
        raise HTTPException(400, "a claim is a JSON object")
    for name, value in fields.items():
        if name in _LISTS:
            fields[name] = values = [value] if isinstance(value, str) else value
            right = isinstance(values, list) and all(_is_text(item) for item in values)
            if not right:
                raise HTTPException(400, f"{name} is a name, or a list of names")
        elif name not in _TEXTS:
            near = nearest(name, (*_TEXTS, *_LISTS))
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise HTTPException(400, f"a claim has no field {name!r}{hint}")
        elif not _is_text(value):
            raise HTTPException(400, f"{name} is a text")
    if not fields.get("text", "").strip():
        raise HTTPException(400, "a claim needs a text")
    if fields.get("kind", "claim") not in list(ClaimKind):
        raise HTTPException(400, f"kind is one of {', '.join(ClaimKind)}")
    if bool(fields.get("quote")) != bool(fields.get("document")):
        raise HTTPException(400, "a quote needs the document that it is from, and the other way")
    return fields


def _is_text(value: object) -> bool:
    """Whether it is a text that a file can hold: JSON allows halves of characters."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)
