"""Tests that compare the documentation with the code."""

import json
import re
from pathlib import Path

import pytest

from musicalface.models import SHIPPED_AUDIO, SHIPPED_EXPRESSIONS, SHIPPED_LYRICS, load
from musicalface.models.model_card import Task
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_resolve(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "task"),
    [(n, "expressions") for n in SHIPPED_EXPRESSIONS]
    + [(n, "lyrics") for n in SHIPPED_LYRICS]
    + [(n, "audio") for n in SHIPPED_AUDIO],
)
def test_leaderboard_matches_the_shipped_models(name: str, task: Task) -> None:
    board = (ROOT / "docs" / "leaderboard.md").read_text(encoding="utf-8")
    card = load(name, task).card
    for figures in [f for head in card.heads.values() for f in head.metrics.values()]:
        assert f"{100 * figures['accuracy']:.2f} %" in board
    assert card.commit in board


def test_json_example_is_valid() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL)
    face = json.loads(block)["photos"][0]["faces"][0]
    assert set(face) == {
        "box",
        "landmarks",
        "score",
        "quality",
        "expressions",
        "moods",
        "mood",
        "sure",
    }


def test_limits_page_lists_every_fuzz_target() -> None:
    from tests.fuzz.targets import TARGETS

    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    cells = [row.split("|")[-2] for row in page.splitlines() if row.startswith("|")]
    named = {name for cell in cells for name in re.findall(r"`([a-z-]+)`", cell)}
    assert named - {"make soak"} == set(TARGETS)
