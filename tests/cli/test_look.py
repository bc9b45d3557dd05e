import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from musicalface.face import RestingFace, kept_resting_face
from musicalface.mood import EXPRESSIONS, MOODS
from tests.conftest import PORTRAIT, Run

FACE_KEYS = {"box", "landmarks", "score", "quality", "expressions", "moods", "mood", "sure"}
SONG_KEYS = {"artist", "title", "moods", "mood", "why", "spotify_id", "deezer_id", "url"}


def test_the_portrait_gets_ten_happy_songs(run: Run) -> None:
    seen = run("look", PORTRAIT)
    assert seen.status == 0
    assert seen.err == ""
    assert "looks happy" in seen.out
    assert seen.out.count("https://") == 10
    assert all(name in seen.out for name in EXPRESSIONS)
    assert "\x1b" not in seen.out


def test_the_documented_json(run: Run) -> None:
    seen = run("look", PORTRAIT, "--json", "--seed", 1)
    (photo,) = json.loads(seen.out)["photos"]
    assert set(photo) == {"path", "faces", "mood", "songs"}
    (face,) = photo["faces"]
    assert set(face) == FACE_KEYS
    assert list(face["expressions"]) == list(EXPRESSIONS)
    assert list(face["moods"]) == list(MOODS)
    assert sum(face["expressions"].values()) == pytest.approx(1, abs=0.001)
    assert len(face["landmarks"]) == 5
    assert all(isinstance(value, int) for value in face["box"])
    assert photo["mood"] == face["mood"] == "happy"
    assert face["sure"] is True
    assert len(photo["songs"]) == 10
    assert all(set(song) == SONG_KEYS for song in photo["songs"])
    assert len({song["artist"] for song in photo["songs"]}) == 10


def test_same_seed_gives_the_same_songs(run: Run) -> None:
    assert (
        run("look", PORTRAIT, "--json", "--seed", 2).out
        == run("look", PORTRAIT, "--json", "--seed", 2).out
    )


def test_folder_and_several_faces(run: Run, two_faces: Path, tmp_path: Path) -> None:
    shutil.copy(PORTRAIT, tmp_path / "a.png")
    seen = run("look", tmp_path, "--json", "--songs", 3)
    assert seen.status == 0
    photos = json.loads(seen.out)["photos"]
    assert [Path(photo["path"]).name for photo in photos] == ["a.png", "two.png"]
    assert [len(photo["faces"]) for photo in photos] == [1, 2]
    assert [len(photo["songs"]) for photo in photos] == [3, 3]
    assert "face 2 of 2" in run("look", two_faces).out


def test_annotated_photo_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "seen.png"
    assert run("look", PORTRAIT, "--annotate", out).status == 0
    with Image.open(out) as seen, Image.open(PORTRAIT) as portrait:
        assert seen.size == portrait.size
        assert seen.convert("RGB").tobytes() != portrait.convert("RGB").tobytes()


def test_annotate_takes_one_photo(run: Run, tmp_path: Path) -> None:
    result = run("look", PORTRAIT, PORTRAIT, "--annotate", tmp_path / "seen.png")
    assert result.status == 2
    assert "one photo at a time" in result.err


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("seen.jpg", "writes a .png"),
        ("folder.png", "writes a .png"),
        ("me.png", "the photo itself"),
    ],
)
def test_annotate_does_not_overwrite_other_files(
    run: Run, tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "folder.png").mkdir()
    shutil.copy(PORTRAIT, tmp_path / "me.png")
    result = run("look", tmp_path / "me.png", "--annotate", tmp_path / name)
    assert result.status == 2
    assert message in result.err
    assert (tmp_path / "me.png").read_bytes() == PORTRAIT.read_bytes()


def test_open_opens_the_first_song(run: Run, opened_addresses: list[str]) -> None:
    seen = run("look", PORTRAIT, "--json", "--open", "--seed", 1)
    assert opened_addresses == [json.loads(seen.out)["photos"][0]["songs"][0]["url"]]


def test_standard_input_in_a_subprocess(home: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "musicalface", "look", "-", "--json"],
        input=PORTRAIT.read_bytes(),
        capture_output=True,
    )
    assert ran.returncode == 0
    assert ran.stderr == b""
    assert json.loads(ran.stdout)["photos"][0]["mood"] == "happy"


def test_no_face(run: Run, tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "green").save(tmp_path / "wall.png")
    seen = run("look", tmp_path / "wall.png", "--json")
    assert seen.status == 2
    (photo,) = json.loads(seen.out)["photos"]
    assert (photo["faces"], photo["mood"], photo["songs"]) == ([], None, [])
    assert "musicalface songs MOOD" in seen.err


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (10_001, 10_000)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.jpg", None, "There is no file"),
        ("empty.jpg", lambda: b"", "is empty"),
        ("cut.png", lambda: PORTRAIT.read_bytes()[:50_000], "is damaged"),
        ("text.jpg", lambda: b"This is text.\n" * 100, "isn't a photo"),
        ("program.png", lambda: b"\x7fELF" + bytes(1000), "isn't a photo"),
        ("huge.png", png, "larger than 100 megapixels"),
    ],
)
def test_bad_photos(run: Run, tmp_path: Path, name: str, content: object, message: str) -> None:
    path = tmp_path / name
    if callable(content):
        path.write_bytes(content())
    result = run("look", path)
    assert result.status == 2
    assert result.out == ""
    assert message in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_bad_photo_does_not_stop_the_rest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no")
    shutil.copy(PORTRAIT, tmp_path / "good.png")
    seen = run("look", tmp_path, "--json")
    assert seen.status == 2
    bad, good = json.loads(seen.out)["photos"]
    assert set(bad) == {"path", "error"}
    assert good["mood"] == "happy"


@pytest.mark.parametrize("name", ["empty", "z" * 300 + ".jpg", ""])
def test_other_inputs_do_not_stop_the_rest(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    seen = run("look", PORTRAIT, tmp_path / name if name == "empty" else name, "--json")
    assert seen.status == 2
    good, bad = json.loads(seen.out)["photos"]
    assert good["mood"] == "happy"
    assert set(bad) == {"path", "error"}


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("option", ["--songs=100", "--json"])
def test_unencodable_output_is_escaped(encoding: str, option: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "musicalface", "look", str(PORTRAIT), option],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert ran.returncode == 0
    assert ran.stderr == b""
    if option == "--json":
        assert json.loads(ran.stdout)["photos"][0]["mood"] == "happy"


def test_closed_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    result = run("look", "-")
    assert result.status == 2
    assert "Standard input is closed" in result.err


def test_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "45")
    seen = run("look", PORTRAIT)
    assert "disgust" in seen.out


def test_control_characters_in_names_are_replaced(run: Run, tmp_path: Path) -> None:
    shutil.copy(PORTRAIT, tmp_path / "a\x1b[2Jb.png")
    assert "\x1b" not in run("look", tmp_path / "a\x1b[2Jb.png").out


def test_folder_without_photos(run: Run, tmp_path: Path) -> None:
    result = run("look", tmp_path)
    assert result.status == 2
    assert "has no photos" in result.err


@pytest.mark.parametrize("arguments", [(), (PORTRAIT, "--camera"), (PORTRAIT, "--songs", "0")])
def test_usage(run: Run, arguments: tuple[object, ...]) -> None:
    assert run("look", *arguments).status == 2


def test_unknown_model(run: Run) -> None:
    result = run("look", PORTRAIT, "--model", "resnet")
    assert result.status == 2
    assert "There is no model 'resnet'" in result.err


def test_unclear_mood_is_reported(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.mood.circumplex.SURE_PROBABILITY", 1.1)
    assert "not sure: happy" in run("look", PORTRAIT).out
    seen = json.loads(run("look", PORTRAIT, "--json").out)
    assert seen["photos"][0]["faces"][0]["sure"] is False
    assert len(seen["photos"][0]["songs"]) == 10


def test_unreadable_face_is_explained(run: Run, tmp_path: Path) -> None:
    far = Image.new("RGB", (640, 480), "gray")
    far.paste(Image.open(PORTRAIT).convert("RGB").resize((135, 135)), (200, 100))
    far.save(tmp_path / "far.png")
    result = run("look", tmp_path / "far.png")
    assert result.status == 2
    assert "not readable: too small" in result.out
    assert "The face is too small: come closer." in result.err
    seen = run("look", tmp_path / "far.png", "--json", "--annotate", tmp_path / "seen.png")
    (photo,) = json.loads(seen.out)["photos"]
    (face,) = photo["faces"]
    assert face["quality"]["problem"] == "too small"
    assert face["expressions"] is face["moods"] is face["mood"] is photo["mood"] is None
    assert face["sure"] is False
    assert photo["songs"] == []


def test_prior_option(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def happy(*arguments: str) -> float:
        document = json.loads(run("look", PORTRAIT, "--json", *arguments).out)
        return float(document["photos"][0]["faces"][0]["expressions"]["happy"])

    default, balanced = happy(), happy("--prior", "balanced")
    assert default != balanced
    monkeypatch.setenv("MUSICALFACE_PRIOR", "balanced")
    assert happy() == balanced
    assert happy("--prior", "camera") == default


def test_rest_option(run: Run, tmp_path: Path) -> None:
    smiling = run("look", PORTRAIT, "--rest", PORTRAIT)
    assert smiling.status == 2
    assert "You're smiling! Relax your face" in smiling.err
    Image.new("RGB", (200, 200), "green").save(tmp_path / "empty.png")
    result = run("look", PORTRAIT, "--rest", tmp_path / "empty.png")
    assert result.status == 2
    assert "empty.png has no face" in result.err
    missing = run("look", PORTRAIT, "--rest", tmp_path / "none.png")
    assert "There is no file" in missing.err


@pytest.mark.usefixtures("own_home")
def test_kept_neutral_face_corrects_unless_told_otherwise(run: Run) -> None:
    shift = [-2.0 if name == "happy" else 0.0 for name in EXPRESSIONS]
    kept_resting_face.keep(RestingFace(tuple(shift)))
    corrected, plain = run("look", PORTRAIT, "--json"), run("look", PORTRAIT, "--json", "--no-rest")
    happy = [
        json.loads(each.out)["photos"][0]["faces"][0]["expressions"]["happy"]
        for each in (corrected, plain)
    ]
    assert happy[0] < happy[1]
    assert "neutral face that you keep" in corrected.err
    assert plain.err == ""
    assert "not both" in run("look", PORTRAIT, "--no-rest", "--rest", PORTRAIT).err
