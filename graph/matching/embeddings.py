"""Sentence embeddings: model2vec or sentence-transformers, whichever the model is made for.

Sources: https://minish.ai/packages/model2vec, https://sbert.net/docs/quickstart.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import DissensusError, UsageError

Encoder = Callable[[Sequence[str]], npt.NDArray[np.float64]]
"""Texts → a row of unit length for each, or of zeros where the model knows no word of the text."""

_LIBRARIES = ("model2vec", "sentence-transformers")


def encoder(model: str) -> Encoder:
    """The encoder of this model.

    `model` is the folder of a model, whose files say what made it; or the name of one, with
    ``model2vec:`` or ``sentence-transformers:`` (which may be left out) before it. For a name the
    library may fetch the model from the network, once.

    Raises:
        DissensusError: the package is missing, or the model cannot be loaded.
        UsageError: the model is made for neither.
    """
    library, name = _library(model)
    try:
        encode = _model2vec(name) if library == "model2vec" else _sentence_transformers(name)
    except ImportError as error:
        extra = "embeddings" if library == "model2vec" else library
        mend = f"pip install 'dissensus[{extra}]'"
        raise DissensusError(f"this model needs the package {library}: {mend}") from error
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DissensusError(f"the model {name} cannot be loaded by {library}: {reason}") from error
    return lambda texts: _unit_rows(encode(list(texts)))


def _library(model: str) -> tuple[str, str]:
    folder = Path(model)
    if folder.is_dir():
        modules, config = _json(folder / "modules.json"), _json(folder / "config.json")
        if any(_is_static(module) for module in modules or ()) or (
            isinstance(config, dict) and config.get("model_type") == "model2vec"
        ):
            return "model2vec", model
        if modules:
            return "sentence-transformers", model
        raise UsageError(f"{model}: no model of {' or '.join(_LIBRARIES)} is in this folder")
    library, colon, name = model.partition(":")
    if colon and library in _LIBRARIES:
        return library, name
    return "sentence-transformers", model


def _is_static(module: Any) -> bool:
    """Whether model2vec can load what this entry of a list of modules describes."""
    return (
        isinstance(module, dict)
        and str(module.get("type")).endswith("StaticEmbedding")
        and module.get("path") == "."
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _model2vec(name: str) -> Callable[[list[str]], Any]:
    from model2vec import StaticModel

    return StaticModel.from_pretrained(name).encode


def _sentence_transformers(name: str) -> Callable[[list[str]], Any]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(name)
    return lambda texts: model.encode(texts, show_progress_bar=False)


def _unit_rows(rows: Any) -> npt.NDArray[np.float64]:
    numbers = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(numbers, axis=1, keepdims=True)
    unit: npt.NDArray[np.float64] = numbers / np.where(lengths > 0, lengths, 1)
    return unit
