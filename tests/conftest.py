"""What all tests share: an empty home, no network, a real face, and made-up data."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.face import read_photo

pytest_plugins = [
    "tests.browser",
    "tests.players.spotify_client",
    "tests.spotify.fixtures",
    "tests.web.browser",
]

ROOT = Path(__file__).parent.parent
PORTRAIT = ROOT / "examples" / "portrait.png"
SONG = Path(__file__).parent / "data" / "made_up_song.txt"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the real home."""
    folder = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("MUSICALFACE_HOME", str(folder))
    return folder


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's directory for this test alone."""
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        assert host in ("127.0.0.1", "::1") or self.family == socket.AF_UNIX, f"{host} was called"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def portrait() -> NDArray[np.uint8]:
    return read_photo(PORTRAIT)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    addresses: list[str] = []

    def open_(url: str) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", open_)
    return addresses


@dataclass
class Result:
    """What a command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process, as the installed script would."""
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
    """A second of sound in every kind of file, by its suffix."""
    from tests.audio import one_of_each

    return one_of_each(tmp_path_factory.mktemp("audio"))


SEEDS = {"Training": range(12), "PublicTest": range(12, 15), "PrivateTest": range(15, 18)}


@pytest.fixture
def fer_csv(tmp_path: Path) -> Path:
    """A made-up fer2013.csv: each class is a stripe at its own height."""
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
"""The column of votes for each label."""

WORDS = {
    "angry": "burn and break the hate with fire and rage against the wall",
    "happy": "dance in the sun and smile with me we sing and love all day",
    "relaxed": "the slow river and the quiet night we rest in the soft wind",
    "sad": "i cry alone and the tears fall down for you are gone and lost",
}


@pytest.fixture
def songs_csv(tmp_path: Path) -> Path:
    """Made-up songs of four moods: twenty-four of each, by eight artists a mood."""
    path = tmp_path / "songs.csv"
    rows = ["artist,title,lyrics,mood"]
    for mood, words in WORDS.items():
        rows += [
            f"The {mood} {i % 8},Song {i},{words} {words} number {i},{mood}" for i in range(24)
        ]
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def two_faces(tmp_path: Path, portrait: NDArray[np.uint8]) -> Path:
    """The portrait twice, the second at two thirds."""
    small = Image.fromarray(portrait).resize((266, 266))
    both = Image.new("RGB", (700, 400), "gray")
    both.paste(Image.fromarray(portrait), (0, 0))
    both.paste(small, (420, 60))
    both.save(tmp_path / "two.png")
    return tmp_path / "two.png"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
