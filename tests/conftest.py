"""Shared fixtures: an empty data directory, no network, a real face, and synthetic data."""

import io
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from PIL import Image

from musicalface.face import read_photo

settings.register_profile("no-deadline", deadline=None)  # the machine may be busy
settings.load_profile("no-deadline")

pytest_plugins = [
    "tests.browser",
    "tests.deezer.fixtures",
    "tests.players.spotify_client",
    "tests.spotify.fixtures",
    "tests.web.browser",
]

ROOT = Path(__file__).parent.parent
PORTRAIT = ROOT / "examples" / "portrait.png"
SONG = Path(__file__).parent / "data" / "made_up_song.txt"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Replaces the user's data directory in all tests."""
    folder = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("MUSICALFACE_HOME", str(folder))
    return folder


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A separate data directory for one test."""
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that connects to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        assert host in ("127.0.0.1", "::1") or self.family == socket.AF_UNIX, (
            f"a test connected to {host}"
        )
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def portrait() -> NDArray[np.uint8]:
    return read_photo(PORTRAIT)


@pytest.fixture(scope="session")
def frame() -> bytes:
    """A camera frame as the page sends it: JPEG, 640 × 480, with a happy face."""
    picture = Image.open(PORTRAIT).convert("RGB").resize((480, 480))
    whole = Image.new("RGB", (640, 480), "gray")
    whole.paste(picture, (80, 0))
    content = io.BytesIO()
    whole.save(content, "JPEG", quality=80)
    return content.getvalue()


@pytest.fixture
def opened_addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the program has opened in a browser."""
    addresses: list[str] = []

    def open_(url: str) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", open_)
    return addresses


@dataclass
class Result:
    """The exit status and output of a command."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """A function that runs the command line in this process, like the installed script."""
    from musicalface.cli import main

    def run(*arguments: object) -> Result:
        monkeypatch.setattr("sys.argv", ["musicalface", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Result(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture(scope="session")
def audio_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One second of sound in every format, by file extension."""
    from tests.audio_files import one_of_each

    return one_of_each(tmp_path_factory.mktemp("audio"))


SEEDS = {"Training": range(12), "PublicTest": range(12, 15), "PrivateTest": range(15, 18)}


@pytest.fixture
def fer_csv(tmp_path: Path) -> Path:
    """A synthetic fer2013.csv: each class is a stripe at a different height."""
    path = tmp_path / "made_up.csv"
    rows = ["emotion,pixels,Usage"]
    for split, seeds in SEEDS.items():
        for label in range(7):
            rows += [f"{label},{_pixels(label, seed)},{split}" for seed in seeds]
    path.write_text("\n".join(rows) + "\n")
    return path


def striped_face(label: int, seed: int) -> NDArray[np.uint8]:
    face = np.random.default_rng([label, seed]).integers(0, 80, (48, 48))
    face[label * 6 : label * 6 + 8] += 150
    return face.astype(np.uint8)


def _pixels(label: int, seed: int) -> str:
    return " ".join(map(str, striped_face(label, seed).ravel()))


@pytest.fixture
def votes_csv(tmp_path: Path) -> Path:
    """Ten votes for each face of `fer_csv`: seven for the label, three for neutral."""
    path = tmp_path / "votes.csv"
    rows = [
        "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
    ]
    for split, seeds in SEEDS.items():
        for label in range(7):
            counts = [3] + [0] * 9
            counts[VOTE_OF[label]] += 7
            rows += [f"{split},fer{seed}.png,{','.join(map(str, counts))}" for seed in seeds]
    path.write_text("\n".join(rows) + "\n")
    return path


VOTE_OF = [4, 5, 6, 1, 3, 2, 0]
"""The vote column of each label."""

WORDS = {
    "angry": "burn and break the hate with fire and rage against the wall",
    "happy": "dance in the sun and smile with me we sing and love all day",
    "relaxed": "the slow river and the quiet night we rest in the soft wind",
    "sad": "i cry alone and the tears fall down for you are gone and lost",
}


@pytest.fixture
def songs_csv(tmp_path: Path) -> Path:
    """Synthetic songs of four moods: 24 per mood, by 8 artists."""
    path = tmp_path / "songs.csv"
    rows = ["artist,title,lyrics,mood"]
    for mood, line in WORDS.items():
        rows += [f"The {mood} {i % 8},Song {i},{line} {line} number {i},{mood}" for i in range(24)]
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def two_faces(tmp_path: Path, portrait: NDArray[np.uint8]) -> Path:
    """The portrait twice, the second one at two thirds of the size."""
    small = Image.fromarray(portrait).resize((266, 266))
    both = Image.new("RGB", (700, 400), "gray")
    both.paste(Image.fromarray(portrait), (0, 0))
    both.paste(small, (420, 60))
    both.save(tmp_path / "two.png")
    return tmp_path / "two.png"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails the run in CI if a test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
