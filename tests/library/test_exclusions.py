from pathlib import Path

import pytest

from musicalface.errors import InputError
from musicalface.library import Library
from tests.audio_files import mp3
from tests.library.test_scan import songs

FILES = ("a.mp3", "Audiobooks/one.mp3", "Kids/two.mp3", "Kids/More/three.mp3", "x.wav.mp3")


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("audiobooks", {"a.mp3", "two.mp3", "three.mp3", "x.wav.mp3"}),
        ("Kids/*", {"a.mp3", "one.mp3", "x.wav.mp3"}),
        ("/Kids/More/", {"a.mp3", "one.mp3", "two.mp3", "x.wav.mp3"}),
        ("*.wav*", {"a.mp3", "one.mp3", "two.mp3", "three.mp3"}),
        ("t[wh]*.mp3", {"a.mp3", "one.mp3", "x.wav.mp3"}),
        ("[", set(map(str, (Path(name).name for name in FILES)))),
    ],
)
def test_excluded_files_leave_at_once_and_stay_away(
    library: Library, music: Path, pattern: str, left: set[str]
) -> None:
    for name in FILES:
        mp3(music / name, "A", name)
    library.add([music])
    assert library.exclude(pattern) == len(FILES) - len(left)
    assert set(songs(library)) == left
    library.rescan(force=True)
    assert set(songs(library)) == left
    library.include(pattern)
    library.rescan()
    assert len(library) == len(FILES)


def test_names_that_are_no_text(library: Library, music: Path) -> None:
    mp3(music / "x.mp3").rename(str(music) + "/caf\udce9.mp3")
    library.add([music])
    assert library.exclude("caf?.mp3") == 1


@pytest.mark.parametrize("pattern", ["", " / ", "x" * 501])
def test_patterns_that_are_refused(library: Library, pattern: str) -> None:
    with pytest.raises(InputError, match="empty or too long"):
        library.exclude(pattern)
    with pytest.raises(InputError, match="isn't excluded"):
        library.include(pattern)
