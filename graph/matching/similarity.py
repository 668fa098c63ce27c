"""How alike texts are: by their words, by runs of letters, and by their words in order.

Words and runs of letters are weighed by how rare they are (TF-IDF, scikit-learn) and compared by
the cosine; words in order by the letters they have in common (rapidfuzz). Of many texts only
those are compared whose rarer words meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import DissensusError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Numbers: TypeAlias = npt.NDArray[np.int64]
Scores: TypeAlias = npt.NDArray[np.float64]

ALL_PAIRS = 2000
"""Up to so many texts every pair is compared."""
_COMMON = 200
"""Above that, a word in more texts than this does not bring texts together."""
_NEIGHBOURS = 20
"""Nor is a text compared with more others than these, the likeliest."""
_ROWS = 1024
"""Texts that are compared with all others at once."""
_BATCH = 200_000
"""Pairs that are measured at once."""
_STEM = 5
"""Letters by which a word is known, so that its forms are one."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts, by number, and how alike they are; all in [0, 1]; see `Suggestion`."""

    first: int
    second: int
    score: float
    words: float
    letters: float
    order: float
    meaning: float | None


def compared(
    texts: Sequence[str],
    border: int,
    threshold: float,
    *,
    embeddings: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Likeness]:
    """Pairs of texts that are at least so alike, the smaller number first.

    With a `border`, only pairs of a text before it and one from there on.
    """
    features = _Features(texts, embeddings)
    pairs = _pairs(features, border, progress)
    for start in range(0, len(pairs), _BATCH):
        first, second = np.divmod(pairs[start : start + _BATCH], len(texts))
        yield from _measured(features, first, second, threshold)


class _Features:
    """What is compared of texts: a row of unit length for each, and the text in small letters."""

    def __init__(self, texts: Sequence[str], embeddings: str) -> None:
        self.texts = [text.casefold() for text in texts]
        self.words = _weighed(self.texts, analyzer=_stems)
        self.letters = _weighed(self.texts, analyzer="char_wb", ngram_range=(3, 5))
        self.meanings: Scores | None = None
        if embeddings:
            from .embeddings import encoder

            self.meanings = encoder(embeddings)(texts)


def _weighed(texts: Sequence[str], **how: Any) -> csr_matrix:
    """A row of unit length for each text, its features weighed by how rare they are."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        mend = "pip install 'dissensus[match]'"
        raise DissensusError(f"claims are compared by scikit-learn: {mend}") from None
    from scipy.sparse import csr_matrix

    try:
        return csr_matrix(TfidfVectorizer(sublinear_tf=True, **how).fit_transform(texts))
    except ValueError:  # not one word in all of them
        return csr_matrix((len(texts), 1))


def _stems(text: str) -> list[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return [word[:_STEM] for word in _WORD.findall(text) if word not in ENGLISH_STOP_WORDS]


def _pairs(
    features: _Features, border: int, progress: Callable[[int, int], None] | None
) -> Numbers:
    """The pairs that are worth to be compared, each as smaller number × count + larger number."""
    count, meanings = len(features.texts), features.meanings
    if count <= ALL_PAIRS:
        first, second = np.triu_indices(count, 1)
        crossing = (first < border) & (second >= border) if border else slice(None)
        pairs: Numbers = (first * count + second)[crossing]
        return pairs
    rare = _rare(features.words)
    found: list[Numbers] = []
    sides = [(0, border, border, count), (border, count, 0, border)] if border else []
    for low, high, left, right in sides or [(0, count, 0, count)]:
        for start in range(low, high, _ROWS):
            rows = np.arange(start, min(start + _ROWS, high))
            if progress:
                progress(start, count)
            met = [_likeliest(rare[rows] @ rare[left:right].T)]
            if meanings is not None:
                met.append(_closest(meanings[rows] @ meanings[left:right].T))
            for row, column in met:
                one, other = rows[row], column + left
                pair = np.minimum(one, other) * count + np.maximum(one, other)
                found.append(pair[one != other])
    if progress:
        progress(count, count)
    return np.unique(np.concatenate(found))


def _rare(words: csr_matrix) -> csr_matrix:
    """The words that are not in too many texts to tell something."""
    texts = np.bincount(words.indices, minlength=words.shape[1])
    return words[:, np.flatnonzero(texts <= _COMMON)].tocsr()


def _likeliest(products: csr_matrix) -> tuple[Numbers, Numbers]:
    """Row and column of the largest numbers of each row; of equal ones, the first columns."""
    products = products.tocsr()
    rows, columns = [], []
    for row in range(products.shape[0]):
        own = slice(products.indptr[row], products.indptr[row + 1])
        order = np.lexsort((products.indices[own], -products.data[own]))[: _NEIGHBOURS + 1]
        columns.append(products.indices[own][order])
        rows.append(np.full(len(order), row))
    return np.concatenate(rows), np.concatenate(columns).astype(np.int64)


def _closest(products: Scores) -> tuple[Numbers, Numbers]:
    """The same for a matrix without gaps."""
    size = min(_NEIGHBOURS + 1, products.shape[1])
    columns = np.argpartition(-products, size - 1, axis=1)[:, :size]
    rows = np.repeat(np.arange(len(products)), size)
    return rows, columns.ravel().astype(np.int64)


def _measured(
    features: _Features, first: Numbers, second: Numbers, threshold: float
) -> Iterator[Likeness]:
    """How alike these pairs are, of those that reach the threshold."""
    from rapidfuzz import fuzz, process

    def cosines(rows: csr_matrix) -> Scores:
        return np.asarray(rows[first].multiply(rows[second]).sum(axis=1)).ravel().clip(0, 1)

    words, letters = cosines(features.words), cosines(features.letters)
    meaning = None if features.meanings is None else _cosines(features.meanings, first, second)
    best = (words + letters + 1) / 3
    promising = (best if meaning is None else (best + meaning) / 2) >= threshold
    chosen = np.flatnonzero(promising)
    order = process.cpdist(
        [features.texts[number] for number in first[chosen]],
        [features.texts[number] for number in second[chosen]],
        scorer=fuzz.token_sort_ratio,
    )
    words, letters, in_order = words[chosen], letters[chosen], order.astype(float) / 100
    scores = (words + letters + in_order) / 3
    means = None if meaning is None else meaning[chosen]
    if means is not None:
        scores = (scores + means) / 2
    for place in np.flatnonzero(scores >= threshold):
        yield Likeness(
            int(first[chosen[place]]),
            int(second[chosen[place]]),
            float(scores[place]),
            float(words[place]),
            float(letters[place]),
            float(in_order[place]),
            None if means is None else float(means[place]),
        )


def _cosines(rows: Scores, first: Numbers, second: Numbers) -> Scores:
    """The cosine of each pair of rows of unit length, at least 0."""
    products: Scores = np.einsum("ij,ij->i", rows[first], rows[second])
    return products.clip(0, 1)
