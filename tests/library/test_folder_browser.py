import errno
import os
from pathlib import Path

import pytest

from musicalface.errors import InputError
from musicalface.library import folder_browser
from musicalface.library.folder_browser import list_folder, list_places

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders of POSIX")


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with music, beside a drive and a folder that is in neither."""
    user = tmp_path / "user"
    for name in ("user/Tunes/Soul", "user/tunes 2", "user/.secret/keys", "drive/USB", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    (user / "Tunes" / "a.MP3").touch()
    (user / "Tunes" / "cover.jpg").touch()
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.setenv("XDG_MUSIC_DIR", str(user / "Tunes"))
    monkeypatch.setattr(folder_browser, "user_music_path", lambda: user / "Tunes")
    monkeypatch.setattr(folder_browser, "_MOUNTS", (str(tmp_path / "drive"), str(tmp_path / "no")))
    return user


def test_places_are_music_home_and_drives(user: Path) -> None:
    listing = list_places()
    assert listing.folders == [user / "Tunes", user, user.parent / "drive"]
    assert (listing.path, listing.parent) == (None, None)


def test_folders_are_listed_by_name_without_hidden_ones(user: Path) -> None:
    listing = list_folder(user)
    assert [each.name for each in listing.folders] == ["Tunes", "tunes 2"]
    assert (listing.parent, listing.songs) == (None, 0)
    tunes = list_folder(user / "Tunes")
    assert (tunes.parent, tunes.songs) == (user, 1)
    assert [each.name for each in tunes.folders] == ["Soul"]
    assert list_folder(user.parent / "drive").folders == [user.parent / "drive" / "USB"]


@pytest.mark.parametrize(
    "name", ["../elsewhere", "..", ".secret", ".secret/keys", "Tunes/../.secret"]
)
def test_other_and_hidden_folders_are_refused(user: Path, name: str) -> None:
    with pytest.raises(InputError, match="Enter the path instead"):
        list_folder(user / name)


def test_links_are_followed_only_within_the_places(user: Path) -> None:
    (user / "out").symlink_to(user.parent / "elsewhere")
    (user / "secret").symlink_to(user / ".secret")
    (user / "usb").symlink_to(user.parent / "drive" / "USB")
    (user / "loop").symlink_to(user / "loop")
    assert [each.name for each in list_folder(user).folders] == ["Tunes", "tunes 2", "usb"]
    assert list_folder(user / "usb").path == user.parent / "drive" / "USB"
    with pytest.raises(InputError, match="Enter the path instead"):
        list_folder(user / "out")


@pytest.mark.parametrize("name", ["gone", "Tunes/a.MP3"])
def test_unreadable_folders_are_a_sentence(user: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"can't be opened \(.+\)\. Choose another folder\."):
        list_folder(user / name)


def test_folder_without_permission(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:  # root may read every folder
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(InputError, match=r"\(permission denied\)"):
        list_folder(user / "Tunes")


def test_long_lists_are_cut(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (user / "Tunes" / f"{number:02}").mkdir()
    monkeypatch.setattr(folder_browser, "MAX_FOLDERS", 20)
    listing = list_folder(user / "Tunes")
    assert (len(listing.folders), listing.folders[-1].name, listing.is_cut) == (20, "19", True)
    monkeypatch.setattr(folder_browser, "MAX_ENTRIES", 10)
    assert list_folder(user / "Tunes").is_cut


def test_music_folder_that_is_the_home_folder_is_no_suggestion(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder_browser.music_folder() == user / "Tunes"
    monkeypatch.setattr(folder_browser, "user_music_path", lambda: user)
    assert folder_browser.music_folder() is None
