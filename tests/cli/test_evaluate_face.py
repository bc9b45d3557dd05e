"""`musicalface evaluate face` on tables, folders and photos."""

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from musicalface.mood import EXPRESSIONS
from tests.conftest import PORTRAIT, Run


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos of a happy face, one without a face, and one too far away."""
    root = tmp_path / "photos"
    (root / "happy").mkdir(parents=True)
    (root / "sad").mkdir()
    shutil.copy(PORTRAIT, root / "happy" / "a_1.png")
    portrait = Image.open(PORTRAIT).convert("RGB")
    portrait.rotate(10, Image.Resampling.BILINEAR).save(root / "happy" / "a_2.png")
    Image.new("RGB", (200, 200), "green").save(root / "sad" / "b_1.png")
    far = Image.new("RGB", (640, 480), "gray")
    far.paste(portrait.resize((190, 190)), (200, 100))
    far.save(root / "sad" / "b_2.png")
    return root


def test_photos_that_nobody_cropped(run: Run, photos: Path) -> None:
    measured = run("evaluate", "face", "--data", photos, "--detect", "--json")
    document = json.loads(measured.out)
    assert document["splits"]["all"]["recall"]["happy"] == 1
    assert document["splits"]["all"]["count"] == 2
    assert document["unread"] == {"no face": 1, "too small": 1}
    told = run("evaluate", "face", "--data", photos, "--detect").out
    assert "not read: 1 photos, no face" in told
    assert "said  1.00 ×" in told


def test_photos_without_any_face(run: Run, photos: Path) -> None:
    shutil.rmtree(photos / "happy")
    told = run("evaluate", "face", "--data", photos, "--detect")
    assert told.status == 2
    assert "No face was found in the 2 photos" in told.err


def test_detection_in_crops_makes_no_sense(run: Run, fer_csv: Path) -> None:
    told = run("evaluate", "face", "--data", fer_csv, "--detect")
    assert told.status == 2
    assert "--detect needs folders of photos" in told.err


def test_priors_heads_and_views(run: Run, fer_csv: Path) -> None:
    arguments = ("evaluate", "face", "--data", fer_csv, "--json", "--split", "PublicTest")
    plain = json.loads(run(*arguments).out)
    for more in (("--prior", "camera"), ("--prior", "balanced"), ("--views",)):
        assert json.loads(run(*arguments, *more).out) != plain
    assert json.loads(run(*arguments, "--prior", "none", "--head", "fer2013").out) == plain
    told = run(*arguments, "--head", "cats")
    assert told.status == 2
    assert "has no head 'cats'" in told.err


@pytest.mark.parametrize("split", ["PublicTest", "PrivateTest"])
def test_plots(run: Run, fer_csv: Path, tmp_path: Path, split: str) -> None:
    pytest.importorskip("matplotlib")
    done = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "new" / "plots")
    assert done.status == 0
    drawn = (tmp_path / "new" / "plots" / f"{split}.svg").read_text()
    assert drawn.startswith("<?xml")
    assert all(f"<!-- {name} (3) -->" in drawn for name in EXPRESSIONS)
    assert "calibration error" in drawn


def test_plots_without_the_extra(
    run: Run, fer_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.evaluate.plots.find_spec", lambda name: None)
    told = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "plots")
    assert told.status == 2
    assert "musicalface[plots]" in told.err
    assert not (tmp_path / "plots").exists()
