"""`docs/sources.md` shows what the commands print, on the articles of the shipped debate."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "sources.md"
BLOCKS = re.findall(
    r"^```console\n\$ cd articles\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S
)


@pytest.mark.parametrize("block", BLOCKS, ids=[block.partition("\n")[0][2:] for block in BLOCKS])
def test_the_page_shows_what_is_printed(
    block: str, run, root: Path, sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(sample_data / "seeds", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    commands = re.split(r"^\$ dissensus ", block, flags=re.MULTILINE)[1:]
    assert commands
    for shown in commands:
        command, _newline, output = shown.partition("\n")
        result = run(*shlex.split(command), claims=root / "claims")
        printed = result.output.replace("sound: no fault found\n", "")
        assert printed.strip() == output.strip()
