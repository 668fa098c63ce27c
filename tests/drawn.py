"""Debates drawn at random, for laws that hold for every debate."""

from __future__ import annotations

from hypothesis import strategies as st

from dissensus.graph.debate import Debate
from dissensus.graph.model import (
    Audience,
    Claim,
    Document,
    Label,
    Link,
    Question,
    Quote,
    Speaker,
    Stance,
    Topic,
    link_iri,
)
from dissensus.graph.terms import ClaimKind, LinkKind

AI = "https://w3id.org/dissensus/debates/ai-compute#"

hostile_text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.text(
        st.sampled_from("\"'\\\n\r\t\0\x1b\x7f\x85 .;#@<>{}[]\u2028\u202e\u05d0😀"), min_size=1
    ),
    st.just("long " * 5_000),
)
local_names = st.one_of(
    st.from_regex(r"[a-z0-9][a-z0-9._:%-]{0,6}[a-z0-9]", fullmatch=True).filter(
        lambda name: "%" not in name
    ),
    st.sampled_from(
        ["1.2", "50%25", "a%20b", "étude", "中国", "it's", "a/b", "x?y=z", "-", "_", "~"]
    ),
)
iris = st.builds(
    lambda ns, name: ns + name, st.sampled_from([AI, "urn:x:", "http://e.org/"]), local_names
)
fractions = st.floats(0, 1)
dates = st.one_of(st.just(""), st.dates().map(str))
languages = st.sampled_from(["", "en", "de", "zh-hant"])


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    """A debate as reading would give it: text in order of language, quotes sorted."""
    pool = draw(st.lists(iris, min_size=14, max_size=20, unique=True))
    (people, topics, values, claim_iris, rest) = (
        pool[:2],
        pool[2:4],
        pool[4:6],
        pool[6:10],
        pool[10:],
    )
    document, question, option, criterion = rest[:4]

    def some(names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(draw(st.sets(st.sampled_from(names)))))

    quotes = st.builds(
        Quote,
        hostile_text,
        st.one_of(st.just(""), hostile_text),
        st.just(""),
        st.sampled_from(["", document]),
    )

    def some_quotes() -> tuple[Quote, ...]:
        return tuple(sorted(draw(st.sets(quotes, max_size=2))))

    def texts() -> list[tuple[str, str]]:
        chosen = draw(st.dictionaries(languages, hostile_text, min_size=1, max_size=3))
        return sorted(chosen.items(), key=lambda item: (not item[0].startswith("en"), item[0]))

    claims = []
    for iri in claim_iris:
        (language, text), *others = texts()
        claims.append(
            Claim(
                iri,
                text,
                draw(st.sampled_from(ClaimKind)),
                speakers=some(people),
                reporters=some(people),
                topics=some(topics),
                questions=some([question]),
                values=some(values),
                scopes=some(topics),
                options=some([option]),
                criteria=some([criterion]),
                quotes=some_quotes(),
                strength=draw(fractions),
                needs_backing=draw(st.booleans()),
                said_on=draw(dates),
                language=language,
                translations=tuple(others),
                notes=tuple(sorted(draw(st.sets(hostile_text, max_size=2)))),
                identifier=draw(st.one_of(st.just(""), hostile_text)),
            )
        )
    links: list[Link] = []
    for iri in draw(st.lists(iris.filter(lambda iri: iri not in pool), unique=True, max_size=3)):
        minted = draw(st.booleans())
        ends = [*claim_iris, *(link.iri for link in links)]
        kind = draw(st.sampled_from(LinkKind))
        premises = some(claim_iris) or (claim_iris[0],)
        conclusion = draw(st.sampled_from(ends))
        bare = draw(st.booleans())
        link = Link(
            kind, premises, conclusion, link_iri(kind, premises, conclusion) if minted else iri
        )
        if any((k.kind, k.premises, k.conclusion) == (kind, premises, conclusion) for k in links):
            continue
        if not bare:
            link = Link(
                link.kind,
                link.premises,
                link.conclusion,
                link.iri,
                speakers=some(people),
                reporters=some(people),
                strength=draw(fractions),
                scheme=draw(st.one_of(st.just(""), hostile_text)),
                identifier=draw(st.one_of(st.just(""), hostile_text)),
                said_on=draw(dates),
                quotes=some_quotes(),
            )
        links.append(link)
    opposed = (claim_iris[0], claim_iris[3])
    contradictions = [opposed] if draw(st.booleans()) else []
    for first, second in [pair for ends in contradictions for pair in (ends, ends[::-1])]:
        links.append(Link(LinkKind.REBUTTAL, (first,), second))
    label = draw(hostile_text)
    return Debate(
        claims,
        links,
        speakers=[Speaker(iri, label, draw(hostile_text)) for iri in people],
        documents=[
            Document(
                document, label, tuple(sorted(people)), draw(dates), label, "sha256:0", "a b.txt"
            )
        ],
        questions=[Question(question, label, draw(st.booleans()), some(topics))],
        topics=[Topic(topics[0], label, (topics[1],)), Topic(topics[1], label)],
        values=[Label(iri, label) for iri in values],
        audiences=[Audience(rest[4], label, tuple(values))] if len(rest) > 4 else [],
        options=[Label(option, label)],
        criteria=[Label(criterion, label)],
        stances=[
            Stance(people[0], claim_iris[0], accepts=True),
            Stance(people[0], claim_iris[1], accepts=False),
            Stance(people[1], claim_iris[2], False, draw(dates), draw(fractions), some_quotes()),
        ],
        restatements=[(claim_iris[1], claim_iris[2])],
        contradictions=contradictions,
        qualifications=[(claim_iris[2], claim_iris[0])],
        title=label,
        description=draw(hostile_text),
        prefixes=draw(st.sampled_from([{"": AI}, {"": "urn:x:", "ai": AI}, {}])),
    )


def records(debate: Debate) -> dict[str, object]:
    """What two debates must share to be the same."""
    names = [
        *("title", "description", "claims", "links", "speakers", "documents", "questions"),
        *("topics", "values", "audiences", "options", "criteria", "stances"),
        *("restatements", "contradictions", "qualifications"),
    ]
    return {name: getattr(debate, name) for name in names}
