"""`musicalface look` with a video."""

import csv
import io
import json
import re
import shutil
import signal
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.cli import look_video
from musicalface.face import mood_curve
from musicalface.face.mood_curve import MoodCurve, ReadFaces, read_curve
from musicalface.face.video import Video
from musicalface.mood import EXPRESSIONS, MOODS
from tests.conftest import PORTRAIT, Run
from tests.web import videos


@pytest.fixture(scope="module")
def curve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of a happy face, and two without a face; its name doesn't say what it is."""
    pytest.importorskip("cv2")
    folder = tmp_path_factory.mktemp("curve")
    return videos.curve(folder / "curve.avi").rename(folder / "curve.jpg")


def test_songs_follow_the_curve(run: Run, curve: Path, tmp_path: Path) -> None:
    plot = tmp_path / "moods.svg"
    seen = run("look", curve, "--seed", 1, "--plot", plot)
    assert (seen.status, seen.err) == (0, "")
    assert "0:06, 6 pictures, 4 with a readable face" in seen.out
    assert "looks mostly happy" in seen.out
    assert "10 songs that follow the video" in seen.out
    assert re.search(r"^ 10  0:05  ", seen.out, re.MULTILINE)
    assert len(re.findall(r"https://(open\.spotify|www\.deezer)\.com/", seen.out)) == 10
    paths = ElementTree.parse(plot).findall("{http://www.w3.org/2000/svg}path")
    assert len(paths) == len(MOODS)
    assert all("nan" not in path.attrib["d"] for path in paths)


def test_the_documented_json(run: Run, curve: Path) -> None:
    seen = run("look", curve, "--json", "--seed", 1, "--songs", 3, "--every", 0.4)
    video = json.loads(seen.out)["video"]
    assert set(video) == {"path", "seconds", "step", "points", "moods", "mood", "sure", "songs"}
    assert (video["mood"], video["step"], len(video["points"])) == ("happy", 0.4, 15)
    first, last = video["points"][0], video["points"][-1]
    assert set(first) == {"at", "problem", "expressions", "moods", "mood", "sure"}
    assert (first["problem"], first["mood"]) == (None, "happy")
    assert (last["problem"], last["expressions"], last["moods"]) == ("no face", None, None)
    assert [(song["from"], song["to"]) for song in video["songs"]] == [(0, 2), (2, 4), (4, 6)]


def test_csv_has_the_curve_and_no_songs(run: Run, curve: Path) -> None:
    seen = run("look", curve, "--csv")
    rows = list(csv.DictReader(io.StringIO(seen.out)))
    assert len(rows) == 6
    assert list(rows[0]) == [
        "seconds",
        "problem",
        *EXPRESSIONS,
        *(f"mood_{mood}" for mood in MOODS),
    ]
    assert float(rows[0]["happy"]) == pytest.approx(1, abs=0.1)
    assert rows[-1]["problem"] == "no face"
    assert rows[-1]["happy"] == ""


def test_stopping_keeps_what_was_read(
    run: Run, curve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(video: Video, read: ReadFaces, curve: MoodCurve) -> Iterator[float]:
        for at in read_curve(video, read, curve):
            yield at
            if at > 1.5:
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(look_video, "read_curve", stopping)
    monkeypatch.setattr("musicalface.cli._interruptions", [])
    seen = run("look", curve, "--json", "--seed", 1, "--play", "browser")
    assert seen.status == 130
    assert "Stopped." in seen.err
    assert "was read up to 0:03" in seen.err
    video = json.loads(seen.out)["video"]
    assert len(video["points"]) == 3
    assert len(video["songs"]) == 10


def test_long_videos_get_wider_steps(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cv2")
    monkeypatch.setattr(mood_curve, "MAX_POINTS", 20)
    seen = run("look", videos.long_film(tmp_path / "long.avi"), "--json")
    assert seen.status == 2
    assert "is 8:00:00 long: it is read every 1440.0 seconds" in seen.err
    assert "No face found" in seen.err
    video = json.loads(seen.out)["video"]
    assert [point["at"] for point in video["points"]] == [1440 * number for number in range(20)]
    assert (video["mood"], video["songs"]) == (None, [])


def test_cut_off_video_gives_what_can_be_read(run: Run, curve: Path, tmp_path: Path) -> None:
    content = curve.read_bytes()
    whole, cut = tmp_path / "cut.avi", tmp_path / "start.avi"
    whole.write_bytes(content[: len(content) // 2])
    seen = run("look", whole, "--json", "--songs", 2)
    assert seen.status == 2
    assert re.search(r"cut\.avi ends at 0:0\d of 0:06: it may be cut off or damaged", seen.err)
    assert len(json.loads(seen.out)["video"]["songs"]) == 2
    cut.write_bytes(content[:5000])
    seen = run("look", cut)
    assert (seen.status, seen.out) == (2, "")
    assert "Choose another video." in seen.err


def test_sound_only(run: Run, audio_files: dict[str, Path], tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    sound = tmp_path / "sound.mp4"
    shutil.copy(audio_files["m4a"], sound)
    seen = run("look", sound)
    assert (seen.status, seen.out) == (2, "")
    assert "sound only. Choose another video." in seen.err
    assert len(seen.err.splitlines()) == 1


def test_without_the_extra(run: Run, curve: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.face.video.find_spec", lambda name: None)
    seen = run("look", curve)
    assert seen.status == 2
    assert re.search(r"is a video, and reading it needs .*musicalface\[camera\]", seen.err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["curve", PORTRAIT], "one video at a time"),
        (["curve", "--annotate", "seen.png"], "use --plot"),
        (["curve", "--toward", "happy"], "follow its moods"),
        (["curve", "--csv", "--json"], "Choose --csv or --json"),
        (["curve", "--plot", "moods.png"], "writes an .svg file"),
        (["curve", "--every", "0"], "0"),
        ([PORTRAIT, "--every", "2"], "are for a video"),
    ],
)
def test_options_that_do_not_fit(
    run: Run, curve: Path, arguments: list[object], message: str
) -> None:
    seen = run("look", *(curve if each == "curve" else each for each in arguments))
    assert (seen.status, seen.out) == (2, "")
    assert message in seen.err
