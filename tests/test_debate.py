"""The columnar debate: numbers, rows and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.debate import Debate
from dissensus.graph.errors import UnknownNameError
from dissensus.graph.model import Claim, IntRows, Link, Speaker, Topic
from dissensus.graph.terms import LinkKind

E = "https://example.org/debate#"


def small() -> Debate:
    return Debate(
        [Claim(E + "alpha", "A", speakers=(E + "ann",)), Claim(E + "beta", "B")],
        [Link(LinkKind.REBUTTAL, (E + "alpha",), E + "beta")],
        speakers=[Speaker(E + "ann", "Ann Lee"), Speaker(E + "bob", "Bob Lee")],
        topics=[Topic(E + "chips", "chips", (E + "tech",))],
        prefixes={"": E},
    )


@given(st.lists(st.sets(st.integers(0, 9)), max_size=12))
def test_rows_turned_twice_are_the_same(rows: list[set[int]]) -> None:
    """Law: transposing is its own inverse."""
    given_rows = IntRows(sorted(row) for row in rows)
    back = given_rows.transposed(10).transposed(len(rows))
    assert list(back) == list(given_rows)


def test_records_come_back_as_they_went_in() -> None:
    claim = Claim(E + "x", "X", speakers=(E + "ann",), topics=(E + "t",), strength=0.8,
                  said_on="2026-01-02", notes=("odd",), translations=(("de", "Iks"),))  # fmt: skip
    assert Debate([claim]).claim_at(0) == claim


@pytest.mark.parametrize("name", [E + "alpha", ":alpha", "alpha", "lpha", f"<{E}alpha>"])
def test_a_claim_by_any_of_its_names(name: str) -> None:
    assert small().claim_number(name) == 0


@pytest.mark.parametrize("name", ["ann", ":ann", "Ann Lee", "ann lee", "Ann"])
def test_a_speaker_by_any_of_his_names(name: str) -> None:
    assert small().speaker_number(name) == 0


def test_names_that_fit_nothing_or_too_much() -> None:
    with pytest.raises(UnknownNameError, match=r"no claim named 'alfa'; did you mean alpha\?"):
        small().claim("alfa")
    with pytest.raises(UnknownNameError, match="no single claim named 'a'"):
        small().claim("a")
    with pytest.raises(UnknownNameError):
        small().speaker_number("Lee")


def test_what_is_only_referred_to_is_there_too() -> None:
    assert [topic.label for topic in small().topics] == ["chips", "tech"]


def test_topics_under_a_topic() -> None:
    debate = small()
    assert debate.topics_under(debate.topic_number("tech")) == {0, 1}


def test_a_link_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        Debate([Claim(E + "a", "A")], [Link(LinkKind.SUPPORT, (E + "a",), E + "b")])


def test_an_undercut_ends_on_a_link_node() -> None:
    step = Link(LinkKind.SUPPORT, (E + "a",), E + "b", iri=E + "s")
    debate = Debate(
        [Claim(E + "a", "A"), Claim(E + "b", "B"), Claim(E + "u", "U")],
        [step, Link(LinkKind.UNDERCUT, (E + "u",), E + "s")],
    )
    undercut = debate.link_kinds.index(LinkKind.UNDERCUT)
    node = debate.link_conclusions[undercut]
    assert debate.node_iri(node) == E + "s"
    assert debate.links_to[node] == (undercut,)
