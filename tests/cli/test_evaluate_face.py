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


def test_uncropped_photos(run: Run, photos: Path) -> None:
    measured = run("evaluate", "face", "--data", photos, "--detect", "--json")
    document = json.loads(measured.out)
    assert document["splits"]["all"]["recall"]["happy"] == 1
    assert document["splits"]["all"]["count"] == 2
    assert document["splits"]["all"]["unread"] == {"no face": 1, "too small": 1}
    result = run("evaluate", "face", "--data", photos, "--detect").out
    assert "unreadable: 1 photo, no face" in result
    assert "predicted  1.00 ×" in result


def test_photos_without_any_face(run: Run, photos: Path) -> None:
    shutil.rmtree(photos / "happy")
    result = run("evaluate", "face", "--data", photos, "--detect")
    assert result.status == 2
    assert "No photo has a readable face (no face: 1, too small: 1)" in result.err


def test_each_photo_split_is_evaluated(run: Run, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "both" / "Test").mkdir(parents=True)
    (photos / "happy").rename(tmp_path / "both" / "Test" / "happy")
    (tmp_path / "both" / "Training").mkdir()
    (photos / "sad").rename(tmp_path / "both" / "Training" / "sad")
    measured = run("evaluate", "face", "--data", tmp_path / "both", "--detect", "--json")
    splits = json.loads(measured.out)["splits"]
    assert list(splits) == ["PrivateTest"]
    assert splits["PrivateTest"]["unread"] == {}
    result = run("evaluate", "face", "--data", tmp_path / "both", "--detect", "--split", "Nope")
    assert result.status == 2
    assert "no split 'Nope'. Choose one of PrivateTest, Training" in result.err


def test_hidden_files_are_skipped(run: Run, photos: Path) -> None:
    (photos / "happy" / "._a_1.png").write_bytes(b"shadow")
    (photos / ".git").mkdir()
    assert run("evaluate", "face", "--data", photos, "--detect").status == 0


def test_votes_with_photos_are_rejected(run: Run, photos: Path, votes_csv: Path) -> None:
    result = run("evaluate", "face", "--data", photos, "--detect", "--votes", votes_csv)
    assert result.status == 2
    assert "--votes is for a table" in result.err


def test_prior_from_the_environment(
    run: Run, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = run("evaluate", "face", "--data", photos, "--detect", "--json").out
    monkeypatch.setenv("MUSICALFACE_PRIOR", "balanced")
    balanced = run("evaluate", "face", "--data", photos, "--detect", "--json").out
    assert json.loads(balanced) != json.loads(camera)
    monkeypatch.setenv("MUSICALFACE_PRIOR", "mine")
    result = run("look", PORTRAIT)
    assert result.status == 2
    assert "MUSICALFACE_PRIOR: There is no prior 'mine'" in result.err
    monkeypatch.setenv("MUSICALFACE_PRIOR", "")
    assert run("look", PORTRAIT).status == 0


def test_detect_with_a_table_is_rejected(run: Run, fer_csv: Path) -> None:
    result = run("evaluate", "face", "--data", fer_csv, "--detect")
    assert result.status == 2
    assert "--detect needs a folder of photos" in result.err


def test_priors_heads_and_views(run: Run, fer_csv: Path) -> None:
    arguments = ("evaluate", "face", "--data", fer_csv, "--json", "--split", "PublicTest")
    plain = json.loads(run(*arguments).out)
    for more in (("--prior", "camera"), ("--prior", "balanced"), ("--views",)):
        assert json.loads(run(*arguments, *more).out) != plain
    assert json.loads(run(*arguments, "--prior", "none", "--head", "fer2013").out) == plain
    result = run(*arguments, "--head", "cats")
    assert result.status == 2
    assert "has no head 'cats'" in result.err


@pytest.mark.parametrize("split", ["PublicTest", "PrivateTest"])
def test_plots(run: Run, fer_csv: Path, tmp_path: Path, split: str) -> None:
    pytest.importorskip("matplotlib")
    done = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "new" / "plots")
    assert done.status == 0
    drawn = (tmp_path / "new" / "plots" / f"{split}.svg").read_text()
    assert drawn.startswith("<?xml")
    assert all(f">{name} (3)<" in drawn for name in EXPRESSIONS)
    assert "calibration error" in drawn


def test_split_name_cannot_escape_the_plot_folder(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    for name in ("../../out", "/tmp/out", "", "a\x1b[31m", "x" * 100, "a\\b"):
        text = fer_csv.read_text()
        (tmp_path / "astray.csv").write_text(text.replace("PrivateTest", name))
        result = run(
            "evaluate", "face", "--data", tmp_path / "astray.csv", "--plot", tmp_path / "p"
        )
        assert result.status == 2
        assert "isn't a valid split name" in result.err


def test_special_characters_in_plot_titles(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    fer_csv.write_text(fer_csv.read_text().replace("PrivateTest", "$x^$ 写真"))
    done = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "plots")
    assert done.status == 0
    assert done.err == ""
    assert len(list((tmp_path / "plots").iterdir())) == 2


def test_unwritable_plot_folder(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "file")
    assert result.status == 2
    assert "--plot needs a folder" in result.err
    result = run("evaluate", "face", "--data", fer_csv, "--plot", "/proc/nowhere")
    assert result.status == 2
    assert "Can't write plots" in result.err
    assert "PublicTest" in result.out  # the metrics are printed first


@pytest.mark.parametrize("option", ["--data", "--votes", "--plot"])
def test_empty_path_is_rejected(run: Run, fer_csv: Path, option: str) -> None:
    result = run("evaluate", "face", "--data", fer_csv, option, "")
    assert result.status == 2
    assert "the path is empty" in result.err


def test_plots_without_the_extra(
    run: Run, fer_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.evaluate.plots.find_spec", lambda name: None)
    result = run("evaluate", "face", "--data", fer_csv, "--plot", tmp_path / "plots")
    assert result.status == 2
    assert "musicalface[plots]" in result.err
    assert not (tmp_path / "plots").exists()


def test_a_table_without_splits_says_so(run: Run, fer_csv: Path) -> None:
    rows = [row.rsplit(",", 1)[0] for row in fer_csv.read_text().splitlines()]
    fer_csv.write_text("\n".join(rows))
    measured = run("evaluate", "face", "--data", fer_csv, "--json")
    assert list(json.loads(measured.out)["splits"]) == ["all"]
    assert "has no column Usage: all its faces are one split" in measured.err
