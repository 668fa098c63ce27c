"""The commands: each calls one public function of the library and prints what it returns.

Results go to standard output, talk goes to standard error. A module holds the commands of one
kind, and is imported when one of them is run.
"""

from __future__ import annotations

from importlib import import_module

import click

HOMES = {
    "check": "checking",
    "query": "querying",
    "add": "adding",
    "fmt": "formatting",
    "quote": "sources",
    "draft": "sources",
    "map": "maps",
    "list": "listings",
    "show": "listings",
    "stats": "listings",
    "disagreements": "analysis",
    "agreements": "analysis",
    "match": "matching",
    "verdict": "semantics",
    "cruxes": "sensitivity",
    "influence": "sensitivity",
    "what-if": "sensitivity",
    "audiences": "semantics",
    "evidence": "analysis",
    "gaps": "analysis",
    "compare": "analysis",
    "import": "exchange",
    "export": "exchange",
    "diff": "versions",
    "solve": "competition",
    "serve": "maps",
}
"""Command → the module of this package that defines it, in the order of ``dissensus --help``."""


def command(name: str) -> click.Command | None:
    """The command of this name, or None where there is none."""
    if name not in HOMES:
        return None
    home = import_module(f".{HOMES[name]}", __name__)
    return next(
        value
        for value in vars(home).values()
        if isinstance(value, click.Command) and value.name == name
    )
