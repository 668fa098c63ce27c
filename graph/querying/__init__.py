"""Asking the claims in SPARQL.

- `query` and `run_query` answer a query (`running`), in a process of its own where it has to stop
  in time (`isolated`, `child`); a faulty one is explained (`tokens`, `faults`).
- The answer (`results`) is written in the formats of the W3C (`formats`) or for reading (`table`).
- `saved` finds queries that say what they answer, shipped or the user's own.
"""

from .results import Boolean, Graph, QueryResult, Row, Solutions, Term
from .running import query, run_query

__all__ = [
    "Boolean",
    "Graph",
    "QueryResult",
    "Row",
    "Solutions",
    "Term",
    "query",
    "run_query",
]
