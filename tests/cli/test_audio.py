"""`musicalface audio`, `evaluate audio` and `train audio`."""

import json
from pathlib import Path

import pytest

from musicalface.mood import MOODS
from tests.audio.music import music, silence
from tests.conftest import Run

SOUNDS = {
    "angry": "aevalsrc=clip(4*sin(2*PI*{}*t)+random(0)\\,-1\\,1)*0.9",
    "happy": "aevalsrc=0.4*sin(2*PI*{}*t)*lt(mod(t\\,0.25)\\,0.1)",
    "relaxed": "aevalsrc=0.1*sin(2*PI*{}*t)",
    "sad": "aevalsrc=0.1*sin(2*PI*{}*t/4)*(1+sin(2*PI*5*t))",
}


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four clips a mood by as many artists, which sound unlike those of other moods."""
    folder = tmp_path_factory.mktemp("clips")
    for mood, sound in SOUNDS.items():
        (folder / mood).mkdir()
        for number in range(4):
            path = folder / mood / f"{mood}{number}_song.wav"
            music(path, seconds=4, sound=sound.format(300 + 40 * number))
    return folder


def test_four_probabilities(run: Run, tmp_path: Path) -> None:
    told = run("audio", music(tmp_path / "a.mp3"))
    assert told.status == 0
    assert all(mood in told.out for mood in MOODS)
    assert "sounds" in told.out or "not sure" in told.out


def test_several_files_as_json(run: Run, tmp_path: Path) -> None:
    good, bad = music(tmp_path / "a.mp3"), silence(tmp_path / "b.wav")
    told = run("audio", good, bad, "--json", "--workers", 1)
    first, second = json.loads(told.out)["files"]
    assert sum(first["moods"].values()) == pytest.approx(1, abs=1e-3)
    assert first["mood"] in MOODS
    assert set(second) == {"path", "error"}
    assert "is silent" in second["error"]
    assert told.status == 2


def test_a_file_that_is_no_sound(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("la la")
    told = run("audio", tmp_path / "a.txt")
    assert told.status == 2
    assert told.err.startswith(f"musicalface: {tmp_path}/a.txt isn't a sound file")
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_no_file_at_all(run: Run) -> None:
    assert run("audio").status == 2


def test_evaluate(run: Run, clips: Path) -> None:
    told = run("evaluate", "audio", "--data", clips, "--workers", 1)
    assert told.status == 0
    assert "16 examples" in told.out
    assert "right in the surest third" in told.out


def test_evaluate_as_json_counts_what_is_not_read(run: Run, clips: Path) -> None:
    (clips / "sad" / "x_y.mp3").touch()
    try:
        told = run("evaluate", "audio", "--data", clips, "--json", "--workers", 1)
    finally:
        (clips / "sad" / "x_y.mp3").unlink()
    split = json.loads(told.out)["splits"]["all"]
    assert split["count"] == 16
    assert set(split["surest_third"]) == set(MOODS)
    assert "x_y.mp3 is empty" in told.err


@pytest.mark.parametrize("command", ["evaluate", "train"])
def test_a_folder_without_moods(run: Run, command: str, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    more = ["--out", tmp_path / "out"] if command == "train" else []
    told = run(command, "audio", "--data", tmp_path, *more)
    assert told.status == 2
    assert "has no files in angry, happy, relaxed, sad" in told.err


def test_train_and_use(run: Run, clips: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    out = tmp_path / "out"
    told = run("train", "audio", "--data", clips, "--out", out, "--folds", 2, "--workers", 1)
    assert told.status == 0, told.err
    card = json.loads((out / "echo.json").read_text())
    assert card["splits"] == {"Training": 16, "Folds": 16}
    assert "ISC" in card["licence"]
    assert card["heads"]["clips"]["metrics"]["Folds"]["accuracy"] > 0.6
    path = clips / "angry" / "angry0_song.wav"
    heard = run("audio", path, "--model", out / "echo.onnx", "--json")
    assert json.loads(heard.out)["files"][0]["mood"] == "angry"


def test_train_again_takes_what_was_heard(
    run: Run, clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch")
    train = ("train", "audio", "--data", clips, "--out", tmp_path, "--folds", 2, "--workers", 1)
    assert run(*train).status == 0
    model = (tmp_path / "echo.onnx").read_bytes()

    def fail(*_: object) -> None:
        raise AssertionError("it listened again")

    monkeypatch.setattr("musicalface.train.audio_training.in_workers", fail)
    assert run(*train).status == 0
    assert (tmp_path / "echo.onnx").read_bytes() == model


def test_train_with_another_wheel(run: Run, clips: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    (tmp_path / "other.whl").write_bytes(b"PK")
    wheel = ("--wheel", tmp_path / "other.whl")
    told = run("train", "audio", "--data", clips, "--out", tmp_path / "out", *wheel)
    assert told.status == 2
    assert "isn't the wheel of musicnn 0.1.0" in told.err
