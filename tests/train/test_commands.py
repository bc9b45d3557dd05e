"""End-to-end tests of the training commands on small synthetic data."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musicalface.evaluate.embeddings import text_digest
from musicalface.face.align import TEMPLATE
from musicalface.models import loader
from tests.conftest import PORTRAIT, SONG, Run
from tests.train.graphs import mobilenet

pytest.importorskip("torch")


def test_train_a_face_network(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("train", "face", "--data", fer_csv, "--network", "cnn2018", "--out", out)
    trained = run(*arguments, "--epochs", 2, "--seed", 3)
    assert trained.status == 0, trained.err
    assert "epoch   2 of 2" in trained.err
    card = json.loads((out / "cnn2018.json").read_text())
    assert card["seed"] == 3
    assert card["splits"] == {"Training": 84, "PublicTest": 21, "PrivateTest": 21}
    assert "--data made_up.csv --network cnn2018 --epochs 2 --seed 3" in card["command"]
    assert str(tmp_path) not in json.dumps(card)

    measured = run("evaluate", "face", "--data", fer_csv, "--model", out / "cnn2018.onnx", "--json")
    splits = json.loads(measured.out)["splits"]
    assert splits == card["heads"]["fer2013"]["metrics"]
    looked = run("look", PORTRAIT, "--model", out / "cnn2018.onnx", "--json")
    assert len(json.loads(looked.out)["photos"][0]["faces"]) == 1

    again = run(*arguments, "--epochs", 2, "--seed", 3)
    assert "epoch" not in again.err
    assert json.loads((out / "cnn2018.json").read_text())["sha256"] == card["sha256"]
    other = run(*arguments, "--epochs", 2, "--seed", 4)
    assert other.status == 1
    assert "another training" in other.err


def test_train_a_two_headed_network(
    run: Run, fer_csv: Path, votes_csv: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    teacher = Path(loader.__file__).with_name("cnn2018.onnx")
    arguments = ("train", "face", "--data", fer_csv, "--network", "janus", "--out", out)
    rejected = run(*arguments)
    assert rejected.status == 2
    assert "Add --votes" in rejected.err
    trained = run(*arguments, "--votes", votes_csv, "--teacher", teacher, "--epochs", 1)
    assert trained.status == 0, trained.err
    assert "0 training faces dropped: not a face for half of the taggers" in trained.err
    model = out / "janus.onnx"
    card = json.loads(model.with_suffix(".json").read_text())
    assert list(card["heads"]) == ["fer2013", "people"]
    assert card["prior_free"] is True
    assert "--votes votes.csv --teacher models/cnn2018.onnx" in card["command"]

    measure = ("evaluate", "face", "--data", fer_csv, "--votes", votes_csv, "--model", model)
    for head, facts in card["heads"].items():
        measured = run(*measure, "--head", head, "--json")
        assert json.loads(measured.out)["splits"] == facts["metrics"]
        assert sum(facts["prior"]) == pytest.approx(1, abs=1e-3)
    looked = run("look", PORTRAIT, "--model", model, "--json")
    assert len(json.loads(looked.out)["photos"][0]["faces"]) == 1
    # A teacher with two heads is used for both.
    again = run(
        *arguments[:-1],
        tmp_path / "student",
        "--votes",
        votes_csv,
        "--teacher",
        model,
        "--epochs",
        1,
    )
    assert again.status == 0, again.err


@pytest.fixture
def webs(tmp_path: Path) -> tuple[Path, Path]:
    """Faces from the web in the format of runs/face_set.py: with labels, and without."""
    from musicalface.train.face_set_builder import UNLABELLED, FaceSet

    chance, count = np.random.default_rng(1), 70
    faces = FaceSet(
        chance.integers(1, 255, (count, 56, 56), np.uint8),
        np.tile(np.float32(TEMPLATE), (count, 1, 1)),
        np.arange(count) % 7,
        np.array(["Training", "PrivateTest"])[(np.arange(count) > 50).astype(int)],
        np.array([f"{number}.png" for number in range(count)]),
    )
    paths = tmp_path / "web.npz", tmp_path / "groups.npz"
    faces.save(paths[0])
    replace(faces, labels=np.full(count, UNLABELLED), splits=np.full(count, "all")).save(paths[1])
    return paths


def test_train_a_network_with_pre_trained_weights(
    run: Run,
    fer_csv: Path,
    votes_csv: Path,
    webs: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from musicalface.train.networks.mobilenet import LAYERS

    monkeypatch.setattr("musicalface.train.argus_targets.STEPS", 1)
    start = mobilenet(LAYERS).write(tmp_path / "faceres-deep.json")
    out = tmp_path / "out"
    arguments: list[object] = ["train", "face", "--data", fer_csv, "--votes", votes_csv]
    arguments += ["--network", "argus", "--epochs", 1, "--cores", 1, "--out", out]
    result = run(*arguments)
    assert result.status == 2
    assert "--start" in result.err
    arguments += ["--start", start]
    result = run(*arguments)
    assert result.status == 2
    assert "Add --web" in result.err
    arguments += ["--web", webs[0], "--web", webs[1]]
    result = run(*arguments)
    assert result.status == 2
    assert "Faces without labels need a teacher" in result.err

    happy = tmp_path / "photos" / "happy"
    happy.mkdir(parents=True)
    shutil.copy(PORTRAIT, happy)
    arguments += ["--photos", happy.parent]
    trained = run(*arguments, "--teacher", Path(loader.__file__).with_name("cnn2018.onnx"))
    assert trained.status == 0, trained.err
    model = out / "argus.onnx"
    card = json.loads(model.with_suffix(".json").read_text())
    assert card["input"]["shape"] == ["n", 1, 96, 96]
    assert len(card["teachers"]) == 1
    assert list(card["heads"]) == ["fer2013", "people", "web", "camera"]
    assert card["heads"]["camera"]["metrics"]["photos"]["count"] == 1
    assert list(card["heads"]["web"]["metrics"]) == ["web validation", "web test"]
    assert "--teacher models/cnn2018.onnx --web web.npz --web groups.npz" in card["command"]
    assert "--start faceres-deep.json" in card["command"]
    assert str(tmp_path) not in json.dumps(card)
    assert model.stat().st_size < 5_000_000

    measure = ("evaluate", "face", "--data", fer_csv, "--votes", votes_csv, "--model", model)
    for head in ("fer2013", "people"):
        measured = run(*measure, "--head", head, "--json")
        assert json.loads(measured.out)["splits"] == card["heads"][head]["metrics"]
    looked = run("look", PORTRAIT, "--model", model, "--json")
    assert len(json.loads(looked.out)["photos"][0]["faces"]) == 1


def test_web_option_needs_argus(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    result = run("train", "face", "--data", fer_csv, "--web", fer_csv, "--out", tmp_path / "o")
    assert result.status == 2
    assert "are for the network argus" in result.err


def test_csv_without_a_validation_split(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    fer_csv.write_text(fer_csv.read_text().replace("PublicTest", "PrivateTest"))
    result = run("train", "face", "--data", fer_csv, "--out", tmp_path / "out")
    assert result.status == 2
    assert "no split PublicTest" in result.err
    assert not (tmp_path / "out").exists()


def test_train_lstm2018(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("train", "lyrics", "--data", songs_csv, "--network", "lstm2018", "--out", out)
    trained = run(*arguments, "--epochs", 2, "--cores", 1)
    assert trained.status == 0, trained.err
    model = out / "lstm2018.onnx"
    card = json.loads(model.with_suffix(".json").read_text())
    measured = run("evaluate", "lyrics", "--data", songs_csv, "--model", model, "--json")
    assert json.loads(measured.out)["splits"] == card["heads"]["moodylyrics"]["metrics"]
    read = json.loads(run("lyrics", SONG, "--model", model, "--json").out)
    assert read["scored"]


def test_artist_grouped_cross_validation(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    folded = run(
        *("train", "lyrics", "--network", "lstm2018"),
        *("--data", songs_csv, "--out", tmp_path / "out"),
        *("--folds", 3, "--epochs", 1, "--cores", 1),
    )
    assert folded.status == 0, folded.err
    assert folded.out.count("fold ") == 3
    assert "±" in folded.out
    assert not list(tmp_path.rglob("*.onnx"))


def test_too_few_songs(run: Run, tmp_path: Path) -> None:
    row = f'A,T,"{SONG.read_text()}",sad\n'
    (tmp_path / "two.csv").write_text("artist,title,lyrics,mood\n" + row * 2)
    for folds in ((), ("--folds", 3)):
        result = run(
            *("train", "lyrics", "--data", tmp_path / "two.csv", "--network", "lstm2018"),
            *("--out", tmp_path / "o", *folds),
        )
        assert result.status == 2
        assert "too few songs" in result.err


def test_one_training_face_is_too_few(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    rows = fer_csv.read_text().splitlines()
    fer_csv.write_text("\n".join([rows[0], rows[1], *rows[-42:]]))
    result = run("train", "face", "--data", fer_csv, "--out", tmp_path / "o")
    assert result.status == 2
    assert "too few training faces (1)" in result.err


def test_teacher_option_needs_two_heads(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    teacher = Path(loader.__file__).with_name("cnn2018.onnx")
    result = run(
        *("train", "face", "--data", fer_csv, "--network", "compact", "--teacher", teacher),
        *("--out", tmp_path / "o"),
    )
    assert result.status == 2
    assert "compact has no --teacher option" in result.err
    assert not (tmp_path / "o").exists()


def test_duplicates_of_test_faces_are_dropped(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    rows = fer_csv.read_text().splitlines()
    copy = rows[-1].replace("PrivateTest", "Training")
    fer_csv.write_text("\n".join([*rows, copy, copy]))
    trained = run(
        *("train", "face", "--data", fer_csv, "--network", "compact", "--epochs", 1),
        *("--out", tmp_path / "o"),
    )
    assert trained.status == 0, trained.err
    assert "2 training faces dropped" in trained.err


def test_without_torch(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.cli.train.find_spec", lambda name: None)
    result = run("train", "face", "--data", "none.csv", "--out", tmp_path)
    assert result.status == 2
    assert 'pip install "musicalface[train]"' in result.err


def test_train_orpheus(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    """Trains on labels, points, unlabelled songs and sentence embeddings."""
    rows = songs_csv.read_text().splitlines()
    plane = tmp_path / "va.csv"
    corner = {"angry": "-2,2", "happy": "2,2", "relaxed": "2,-2", "sad": "-2,-2"}
    labelled = [row.rsplit(",", 1) for row in rows[1:]]
    points = [f"New {song},{corner[mood]}" for song, mood in labelled[::3]]
    plane.write_text("\n".join(["artist,title,lyrics,valence,arousal", *points]))
    more = tmp_path / "more.csv"
    unlabelled = [song.replace("Song", "Other") for song, _ in labelled]
    more.write_text("\n".join(["artist,title,lyrics", *unlabelled]))
    vectors = tmp_path / "vectors.npz"
    texts = [song.split(",")[2] for song, _ in labelled]
    chance = np.random.default_rng(1)
    np.savez(
        vectors,
        digests=np.array([text_digest(text) for text in texts]),
        vectors=chance.normal(size=(len(texts), 8)),
    )
    arguments = (
        *("train", "lyrics", "--data", songs_csv, "--data", plane, "--unlabelled", more),
        *("--embeddings", vectors, "--cores", 1),
    )
    out = tmp_path / "out"
    trained = run(*arguments, "--out", out, "--epochs", 5)
    assert trained.status == 0, trained.err
    model = out / "orpheus.onnx"
    card = json.loads(model.with_suffix(".json").read_text())
    assert card["bits"] == 8
    assert card["best_epoch"] == card["epochs"] == 5
    assert "--data songs.csv --data va.csv --unlabelled more.csv" in card["command"]
    assert str(tmp_path) not in json.dumps(card)
    measured = run("evaluate", "lyrics", "--data", songs_csv, "--model", model, "--json")
    assert json.loads(measured.out)["splits"]["all"]["accuracy"] > 0.9

    left_out = run(*arguments, "--out", tmp_path / "loso", "--epochs", 5, "--leave-one-out")
    assert left_out.status == 0, left_out.err
    assert "precision in the top tenth" in left_out.out
    assert (tmp_path / "loso" / "without-va" / "orpheus.onnx").is_file()
    folded = run(*arguments, "--out", tmp_path / "folds", "--epochs", 5, "--folds", 2)
    assert "fold 2 of 2" in folded.out


def test_conflicting_lyrics_options(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    data = ("train", "lyrics", "--data", songs_csv, "--out", tmp_path / "out")
    result = run(*data, "--network", "lstm2018", "--unlabelled", songs_csv)
    assert "trains on one table" in result.err
    assert run(*data, "--folds", 2, "--leave-one-out").status == 2
    happy = tmp_path / "happy.csv"
    rows = songs_csv.read_text().splitlines()
    happy.write_text("\n".join([rows[0], *(row for row in rows if row.endswith("happy"))]))
    result = run("train", "lyrics", "--data", happy, "--out", tmp_path / "out")
    assert result.status == 2
    assert "No song with lyrics is angry or relaxed or sad" in result.err
