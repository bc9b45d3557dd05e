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
    far.paste(portrait.resize((135, 135)), (200, 100))
    far.save(root / "sad" / "b_2.png")
    return root


def test_photos_that_nobody_cropped(run: Run, photos: Path) -> None:
    measured = run("evaluate", "face", "--data", photos, "--detect", "--json")
    document = json.loads(measured.out)
    assert document["splits"]["all"]["recall"]["happy"] == 1
    assert document["splits"]["all"]["count"] == 2
    assert document["splits"]["all"]["unread"] == {"no face": 1, "too small": 1}
    told = run("evaluate", "face", "--data", photos, "--detect").out
    assert "not read: 1 photo, no face" in told
    assert "said  1.00 ×" in told


def test_photos_without_any_face(run: Run, photos: Path) -> None:
    shutil.rmtree(photos / "happy")
    told = run("evaluate", "face", "--data", photos, "--detect")
    assert told.status == 2
    assert "No photo has a face that can be read (no face: 1, too small: 1)" in told.err


def test_splits_of_photos_are_measured_each(run: Run, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "both" / "Test").mkdir(parents=True)
    (photos / "happy").rename(tmp_path / "both" / "Test" / "happy")
    (tmp_path / "both" / "Training").mkdir()
    (photos / "sad").rename(tmp_path / "both" / "Training" / "sad")
    measured = run("evaluate", "face", "--data", tmp_path / "both", "--detect", "--json")
    splits = json.loads(measured.out)["splits"]
    assert list(splits) == ["Test"]
    assert splits["Test"]["unread"] == {}
    told = run("evaluate", "face", "--data", tmp_path / "both", "--detect", "--split", "Nope")
    assert told.status == 2
    assert "no split 'Nope': it has Test, Training" in told.err


def test_hidden_pictures_are_not_looked_at(run: Run, photos: Path) -> None:
    (photos / "happy" / "._a_1.png").write_bytes(b"shadow")
    (photos / ".git").mkdir()
    assert run("evaluate", "face", "--data", photos, "--detect").status == 0


def test_votes_do_not_go_with_photos(run: Run, photos: Path, votes_csv: Path) -> None:
    told = run("evaluate", "face", "--data", photos, "--detect", "--votes", votes_csv)
    assert told.status == 2
    assert "--votes belong to a table" in told.err


def test_the_prior_of_the_environment(
    run: Run, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = run("evaluate", "face", "--data", photos, "--detect", "--json").out
    monkeypatch.setenv("MUSICALFACE_PRIOR", "balanced")
    balanced = run("evaluate", "face", "--data", photos, "--detect", "--json").out
    assert json.loads(balanced) != json.loads(camera)
    monkeypatch.setenv("MUSICALFACE_PRIOR", "mine")
    told = run("look", PORTRAIT)
    assert told.status == 2
    assert "MUSICALFACE_PRIOR: There is no prior 'mine'" in told.err
    monkeypatch.setenv("MUSICALFACE_PRIOR", "")
    assert run("look", PORTRAIT).status == 0


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


def test_a_split_cannot_lead_a_plot_astray(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    for name in ("../../out", "/tmp/out", "", "a\x1b[31m", "x" * 100, "a\\b"):
        text = fer_csv.read_text()
        (tmp_path / "astray.csv").write_text(text.replace("PrivateTest", name))
        told = run("evaluate", "face", "--data", tmp_path / "astray.csv", "--plot", tmp_path / "p")
        assert told.status == 2
        assert "is no name for a split" in told.err


def test_odd_names_are_drawn_as_they_are(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    fer_csv.write_text(fer_csv.read_text().replace("PrivateTest", "$x^$ 写真"))
    done = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "plots")
    assert done.status == 0
    assert done.err == ""
    assert len(list((tmp_path / "plots").iterdir())) == 2


def test_a_place_that_no_plot_can_go_to(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "file")
    assert told.status == 2
    assert "--plot needs a folder" in told.err
    told = run("evaluate", "face", "--data", fer_csv, "--plot", "/proc/nowhere")
    assert told.status == 2
    assert "No plot can be written" in told.err
    assert "PublicTest" in told.out  # the figures are not lost


@pytest.mark.parametrize("option", ["--data", "--votes", "--plot"])
def test_an_empty_path_is_not_this_folder(run: Run, fer_csv: Path, option: str) -> None:
    told = run("evaluate", "face", "--data", fer_csv, option, "")
    assert told.status == 2
    assert "an empty word is no path" in told.err


def test_plots_without_the_extra(
    run: Run, fer_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.evaluate.plots.find_spec", lambda name: None)
    told = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "plots")
    assert told.status == 2
    assert "musicalface[plots]" in told.err
    assert not (tmp_path / "plots").exists()
