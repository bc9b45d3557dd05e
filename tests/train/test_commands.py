"""The training commands on small made-up data, from the csv to a model that is used."""

import json
from pathlib import Path

import numpy as np
import pytest

from musicalface.evaluate.embeddings import digest
from musicalface.models import loader
from tests.conftest import PORTRAIT, SONG, Run

pytest.importorskip("torch")


def test_a_face_network(run: Run, fer_csv: Path, tmp_path: Path) -> None:
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


def test_a_network_of_two_heads(run: Run, fer_csv: Path, votes_csv: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    teacher = Path(loader.__file__).with_name("cnn2018.onnx")
    arguments = ("train", "face", "--data", fer_csv, "--network", "janus", "--out", out)
    refused = run(*arguments)
    assert refused.status == 2
    assert "add --votes" in refused.err
    trained = run(*arguments, "--votes", votes_csv, "--teacher", teacher, "--epochs", 1)
    assert trained.status == 0, trained.err
    assert "0 training faces dropped: no face to half of the taggers" in trained.err
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
    # A model of two heads teaches both.
    again = run(
        *arguments[:-1], tmp_path / "pupil", "--votes", votes_csv, "--teacher", model, "--epochs", 1
    )
    assert again.status == 0, again.err


def test_a_csv_without_a_validation_split(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    fer_csv.write_text(fer_csv.read_text().replace("PublicTest", "PrivateTest"))
    told = run("train", "face", "--data", fer_csv, "--out", tmp_path / "out")
    assert told.status == 2
    assert "no split PublicTest" in told.err
    assert not (tmp_path / "out").exists()


def test_a_lyrics_network(run: Run, songs_csv: Path, tmp_path: Path) -> None:
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


def test_artist_grouped_folds(run: Run, songs_csv: Path, tmp_path: Path) -> None:
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
        told = run(
            *("train", "lyrics", "--data", tmp_path / "two.csv", "--network", "lstm2018"),
            *("--out", tmp_path / "o", *folds),
        )
        assert told.status == 2
        assert "too few songs" in told.err


def test_one_face_is_too_few(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    rows = fer_csv.read_text().splitlines()
    fer_csv.write_text("\n".join([rows[0], rows[1], *rows[-42:]]))
    told = run("train", "face", "--data", fer_csv, "--out", tmp_path / "o")
    assert told.status == 2
    assert "1 training faces are too few" in told.err


def test_a_teacher_is_for_the_network_of_two_heads(run: Run, fer_csv: Path, tmp_path: Path) -> None:
    teacher = Path(loader.__file__).with_name("cnn2018.onnx")
    told = run(
        *("train", "face", "--data", fer_csv, "--network", "compact", "--teacher", teacher),
        *("--out", tmp_path / "o"),
    )
    assert told.status == 2
    assert "compact learns from labels alone" in told.err
    assert not (tmp_path / "o").exists()


def test_copies_of_measured_faces_are_dropped(run: Run, fer_csv: Path, tmp_path: Path) -> None:
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
    told = run("train", "face", "--data", "none.csv", "--out", tmp_path)
    assert told.status == 2
    assert 'pip install "musicalface[train]"' in told.err


def test_a_lyrics_network_of_our_own(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    """It learns from listeners, from sentences, and from songs that nobody labelled."""
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
        digests=np.array([digest(text) for text in texts]),
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
    assert "right in the surest tenth" in left_out.out
    assert (tmp_path / "loso" / "without-va" / "orpheus.onnx").is_file()
    folded = run(*arguments, "--out", tmp_path / "folds", "--epochs", 5, "--folds", 2)
    assert "fold 2 of 2" in folded.out


def test_what_does_not_go_with_a_lyrics_network(run: Run, songs_csv: Path, tmp_path: Path) -> None:
    data = ("train", "lyrics", "--data", songs_csv, "--out", tmp_path / "out")
    told = run(*data, "--network", "lstm2018", "--unlabelled", songs_csv)
    assert "learns from one table" in told.err
    assert run(*data, "--folds", 2, "--leave-one-out").status == 2
    happy = tmp_path / "happy.csv"
    rows = songs_csv.read_text().splitlines()
    happy.write_text("\n".join([rows[0], *(row for row in rows if row.endswith("happy"))]))
    told = run("train", "lyrics", "--data", happy, "--out", tmp_path / "out")
    assert told.status == 2
    assert "Of no song with words is the mood angry or relaxed or sad" in told.err
