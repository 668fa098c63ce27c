"""Scanning: the text of an Argdown document as tokens, cut where Argdown's own lexer cuts it.

A token is its kind, where it starts and where it ends. `Indent` and `Dedent` tell how deep a
relation or a list item stands. Comments and the spaces between tokens are left out.

Every pattern is looked for only where what closes it is known to follow, so that the time grows
with the length of the text whatever is in it.

Source: the lexer of @argdown/core 1.7.5.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Final

Token = tuple[str, int, int]

TEXT: Final = "text"
ESCAPED: Final = "escaped character"
SPECIAL: Final = "special character"
NEWLINE: Final = "line break"
EMPTY_LINE: Final = "empty line"
INDENT: Final = "indentation"
DEDENT: Final = "end of indentation"
END: Final = "end of the file"
FRONT_MATTER: Final = "front matter"
DATA: Final = "data"
HEADING: Final = "heading"
NUMBER: Final = "number of a premise or conclusion"
LIST_ITEM: Final = "list item"
INFERENCE: Final = "inference line"
INFERENCE_END: Final = "end of the inference"
COMMA: Final = "comma"
LINK: Final = "link"
TAG: Final = "tag"
STATEMENT: Final = "statement reference"
STATEMENT_DEFINITION: Final = "statement definition"
STATEMENT_MENTION: Final = "mention of a statement"
ARGUMENT: Final = "argument reference"
ARGUMENT_DEFINITION: Final = "argument definition"
ARGUMENT_MENTION: Final = "mention of an argument"
RELATIONS: Final = {
    "+>": "support of what follows",
    "->": "attack on what follows",
    "+": "support",
    "<+": "support",
    "-": "attack",
    "<-": "attack",
    "><": "contradiction",
    "_>": "undercut of what follows",
    "_": "undercut",
    "<_": "undercut",
}
"""The kinds of the tokens of relations; each kind is the sign itself."""
STARTS: Final = {"**": "**…", "__": "__…", "*": "*…", "_": "_…"}
"""The kinds of the tokens that start bold and italic text, by their sign."""
ENDS: Final = {"**": "…**", "__": "…__", "*": "…*", "_": "…_"}

_PLAIN = re.compile(r"[^\\@#*_\[\],.:;</>\-\n(){}]+")
_CONTROL = re.compile(r"[@#*_\[\],.:;</>\-(){}][ \t]?")
_NEWLINE = re.compile(r"[ \t]*\n")
_EMPTY_LINE = re.compile(r"(?:[ \t]*\n){2,}")
_SPACES = re.compile(r"[ \t]+")
_ESCAPED = re.compile(r"\\. *")
_SPECIAL = re.compile(r"\.\S+?\.[ \t]?|:\S+?:[ \t]?")
_FRONT_MATTER = re.compile(r"===+[\s\S]*?===+")
_INFERENCE = re.compile(r"[' \t]*--")
_INFERENCE_END = re.compile(r"--+")
_LINE_START = re.compile(
    r"([' \t]*)(?:(\+>|->|<?\+|<?-|><|_>|<_|_(?=\s))|(\(\d+\))|(\d+\.(?=\s)|\*(?=\s)))"
)
_HEADING = re.compile(r"#+ ")
_TAG = re.compile("#[a-zA-z0-9\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+[ \t]?")
_EMPHASIS = re.compile(r"\*\*?|__?")
_AFTER_EMPHASIS = re.compile(r"[ \t]|(?=[\n)}_.,!?;:\-*])|\Z")
_AFTER_COMMENT = re.compile(r"(?:[ \t]*\n)*")
_AFTER_COMMENT_LINE = re.compile(r"[ \t]*\n(?![ \t]*\n)")
_DATA_STOP = re.compile(r"\}(?=\s[^,}])")
_DATA_END = re.compile(r"\}(?!\s*[,}])")
_CONTROLS: Final = frozenset("\\@#*_[],.:;</>-(){}")
_AT_LINE_START: Final = frozenset("' \t+-<>_#(*0123456789")


class ScanError(ValueError):
    """The text has no token at `offset`."""

    def __init__(self, message: str, offset: int, remedy: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.remedy = remedy


def scan(text: str) -> list[Token]:
    """The tokens of a text whose line ends are those of Unix; the last is of kind `END`.

    Raises:
        ScanError: a backslash stands at the end of a line.
    """
    return _Scanner(text).tokens()


class _Ahead:
    """Where a string stands next; asked for positions that only grow, it looks at the text once."""

    __slots__ = ("_at", "_length", "_string", "_text")

    def __init__(self, text: str, string: str) -> None:
        self._text, self._string, self._at, self._length = text, string, -1, len(text)

    def __call__(self, position: int) -> int:
        if self._at < position:
            found = self._text.find(self._string, position)
            self._at = self._length if found < 0 else found
        return self._at


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Token] = []
        self.position = 0
        self.last = NEWLINE  # as at the start of a line
        self.indents = [0]
        self.ranges: list[str] = []
        self.inferring = False
        self.line_end = _Ahead(text, "\n")
        self.closing = {
            string: _Ahead(text, string) for string in ("]:", "]", ">:", ">", ")", "-->", "*/")
        }
        self.address_end = _Ahead(text, ")")
        self.data_stops: list[int] | None = None
        self.data_ends: list[int] = []
        self.by_character: dict[str, Callable[[], None]] = {
            "\n": self._blank,
            " ": self._blank,
            "\t": self._blank,
            "=": self._equals,
            "{": self._brace,
            "\\": self._backslash,
            ".": self._special,
            ":": self._special,
            "*": self._emphasis,
            "_": self._emphasis,
            "[": self._bracket,
            "<": self._angle,
            "@": self._mention,
            "#": self._tag,
        }

    def tokens(self) -> list[Token]:
        text, length = self.text, len(self.text)
        while self.position < length:
            character = text[self.position]
            if character in "/<" and self._comment():
                continue
            if self.inferring:
                self._in_inference(character)
            elif (
                character in _AT_LINE_START
                and self.last in (NEWLINE, EMPTY_LINE)
                and self._line_start()
            ):
                continue
            elif character in self.by_character:
                self.by_character[character]()
            elif character in _CONTROLS:
                self._match(TEXT, _CONTROL)
            else:
                self._match(TEXT, _PLAIN)
        if self.found and self.found[-1][0] == EMPTY_LINE:
            self.found.pop()
        self._dedent(0)
        self._add(END, length)
        return self.found

    def _add(self, kind: str, end: int) -> None:
        self.found.append((kind, self.position, end))
        self.position = end
        self.last = kind

    def _match(self, kind: str, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.text, self.position)
        if match is None:
            return False
        self._add(kind, match.end())
        return True

    def _control(self) -> None:
        self._match(TEXT, _CONTROL)

    # -- lines --------------------------------------------------------------------------------

    def _line_start(self) -> bool:
        text, position = self.text, self.position
        if self.last == NEWLINE and (match := _INFERENCE.match(text, position)):
            self._dedent(0)
            self._add(INFERENCE, match.end())
            self.inferring = True
            return True
        if match := _LINE_START.match(text, position):
            space, relation, number, _item = match.groups()
            if number:
                self._dedent(0)
                self._add(NUMBER, match.end())
            else:
                self._indent(len(space) + (0 if relation else 1))
                self._add(relation or LIST_ITEM, match.end())
            return True
        return text[position] == "#" and self._match(HEADING, _HEADING)

    def _indent(self, depth: int) -> None:
        if depth > self.indents[-1]:
            self.indents.append(depth)
            self.found.append((INDENT, self.position, self.position))
        else:
            self._dedent(depth)

    def _dedent(self, depth: int) -> None:
        while len(self.indents) > 1 and depth < self.indents[-1]:
            self.indents.pop()
            self.found.append((DEDENT, self.position, self.position))

    def _blank(self) -> None:
        match = _EMPTY_LINE.match(self.text, self.position) if self.last != EMPTY_LINE else None
        if match:
            if match.end() < len(self.text):
                self._dedent(0)
            self._add(EMPTY_LINE, match.end())
        elif not self._match(NEWLINE, _NEWLINE):
            spaces = _SPACES.match(self.text, self.position)
            assert spaces
            self.position = spaces.end()

    def _comment(self) -> bool:
        text, position = self.text, self.position
        if text.startswith("//", position):
            end = self.line_end(position)
        elif text.startswith("/*", position):
            end = self.closing["*/"](position + 2) + 2
        elif text.startswith("<!--", position):
            end = self.closing["-->"](position + 4) + 3
        else:
            return False
        if end > len(text):
            return False
        if self.inferring or self.last not in (NEWLINE, EMPTY_LINE):
            self.position = end
            return True
        after = _AFTER_COMMENT if self.last == EMPTY_LINE else _AFTER_COMMENT_LINE
        match = after.match(text, end) if self.found else None
        self.position = match.end() if match else end
        return True

    def _in_inference(self, character: str) -> None:
        if character in "\n \t":
            if not self._match(NEWLINE, _NEWLINE):
                spaces = _SPACES.match(self.text, self.position)
                assert spaces
                self.position = spaces.end()
        elif character == "-" and self._match(INFERENCE_END, _INFERENCE_END):
            self.inferring = False
        elif character == ",":
            self._add(COMMA, self.position + 1)
        elif character in ".:\\{":
            self.by_character[character]()
        elif character in _CONTROLS:
            self._control()
        else:
            self._match(TEXT, _PLAIN)

    # -- what stands anywhere -----------------------------------------------------------------

    def _equals(self) -> None:
        if not (
            self.text.startswith("===", self.position) and self._match(FRONT_MATTER, _FRONT_MATTER)
        ):
            self._match(TEXT, _PLAIN)

    def _brace(self) -> None:
        """Data ends at its last brace that is not inside of it: before any with text after it."""
        if self.data_stops is None:
            self.data_stops = [match.start() for match in _DATA_STOP.finditer(self.text)]
            self.data_ends = [match.start() for match in _DATA_END.finditer(self.text)]
        stop = bisect_left(self.data_stops, self.position + 1)
        limit = self.data_stops[stop] if stop < len(self.data_stops) else len(self.text)
        end = bisect_right(self.data_ends, limit) - 1
        if end >= 0 and self.data_ends[end] > self.position:
            self._add(DATA, self.data_ends[end] + 1)
        else:
            self._control()

    def _backslash(self) -> None:
        if not self._match(ESCAPED, _ESCAPED):
            raise ScanError(
                "a backslash at the end of a line escapes nothing",
                self.position,
                "write \\\\ for a backslash",
            )

    def _special(self) -> None:
        if not self._match(SPECIAL, _SPECIAL):
            self._control()

    def _emphasis(self) -> None:
        text, position = self.text, self.position
        match = _EMPHASIS.match(text, position)
        assert match
        run = match.group()
        signs = (run, run[0]) if len(run) == 2 else (run,)
        previous = self.found[-1] if self.found else None
        touches = previous is not None and previous[2] == position
        for sign in signs:
            if touches and self.ranges and self.ranges[-1] == sign:
                end = _AFTER_EMPHASIS.match(text, position + len(sign))
                if end:
                    self.ranges.pop()
                    self._add(ENDS[sign], end.end())
                    return
        for sign in signs:
            end_of_sign = position + len(sign)
            if end_of_sign >= len(text) or not text[end_of_sign].isspace():
                self.ranges.append(sign)
                self._add(STARTS[sign], end_of_sign)
                return
        self._control()

    def _bracket(self) -> None:
        position, line_end = self.position, self.line_end(self.position)
        bracket = self.closing["]"](position + 2)
        if self.text.startswith("](", bracket):
            parenthesis = self.address_end(bracket + 3)
            if parenthesis < len(self.text):
                self._with_space(LINK, parenthesis + 1)
                return
        definition = self.closing["]:"](position + 2)
        if definition < line_end:
            self._add(STATEMENT_DEFINITION, definition + 2)
        elif bracket < line_end and self.text[position + 1] != "-":
            self._add(STATEMENT, bracket + 1)
        else:
            self._control()

    def _angle(self) -> None:
        position, line_end = self.position, self.line_end(self.position)
        definition = self.closing[">:"](position + 2)
        if definition < line_end:
            self._add(ARGUMENT_DEFINITION, definition + 2)
        elif self.closing[">"](position + 2) < line_end and self.text[position + 1] != "-":
            self._add(ARGUMENT, self.closing[">"](position + 2) + 1)
        else:
            self._control()

    def _mention(self) -> None:
        line_end = self.line_end(self.position)
        for sign, closing, kind in (
            ("@[", "]", STATEMENT_MENTION),
            ("@<", ">", ARGUMENT_MENTION),
        ):
            if self.text.startswith(sign, self.position):
                end = self.closing[closing](self.position + 3)
                if end < line_end:
                    self._with_space(kind, end + 1)
                    return
        self._control()

    def _tag(self) -> None:
        if self.text.startswith("#(", self.position):
            end = self.closing[")"](self.position + 3)
            if end < len(self.text) and self.text[self.position + 2] != ")":
                self._with_space(TAG, end + 1)
                return
        if not self._match(TAG, _TAG):
            self._control()

    def _with_space(self, kind: str, end: int) -> None:
        self._add(kind, end + 1 if self.text[end : end + 1] in (" ", "\t") else end)
