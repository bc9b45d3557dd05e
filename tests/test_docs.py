"""The documents say what is so."""

import json
import re
from pathlib import Path

import pytest

from musicalface.models import SHIPPED_EXPRESSIONS, SHIPPED_LYRICS, load
from musicalface.models.card import Task
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "task"),
    [(n, "expressions") for n in SHIPPED_EXPRESSIONS] + [(n, "lyrics") for n in SHIPPED_LYRICS],
)
def test_the_leaderboard_has_the_figures_of_the_files_that_ship(name: str, task: Task) -> None:
    board = (ROOT / "docs" / "leaderboard.md").read_text(encoding="utf-8")
    card = load(name, task).card
    for figures in [f for head in card.heads.values() for f in head.metrics.values()]:
        assert f"{100 * figures['accuracy']:.2f} %" in board
    assert card.commit in board


def test_the_documented_json_is_json() -> None:
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
