"""Tests of the data directory: mode 0700, and links in it are not followed."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from musicalface.data_directory import create_private, prepare, read_private
from musicalface.errors import CatalogError, LibraryError, SpotifyError
from musicalface.files import atomic_write, write_private
from musicalface.library import open_library
from musicalface.players.spotify import token_store
from musicalface.players.spotify.search_cache import SearchCache
from musicalface.songs import open_catalog
from musicalface.songs.bundled_catalog import unpack_bundled
from musicalface.songs.play_history import History
from musicalface.songs.resumable_build import ResumableBuild
from musicalface.web import single_instance

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX file modes and links")
PRECIOUS = b"another user's file"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_directory_is_private_for_any_umask(own_home: Path, umask: int) -> None:
    with History():
        pass
    assert mode(own_home) == 0o700


@pytest.mark.parametrize(
    "write",
    [
        lambda: History().__exit__(),
        lambda: open_library().__exit__(),
        lambda: SearchCache().__exit__(),
        lambda: token_store.save(token_store.Credentials("client")),
        lambda: single_instance.save_address("http://127.0.0.1:1/?token=x"),
        unpack_bundled,
        lambda: ResumableBuild(
            Path(os.environ["MUSICALFACE_HOME"]) / "catalog.sqlite", ""
        ).discard(),
    ],
)
def test_every_writer_creates_a_private_directory(
    own_home: Path, write: Callable[[], object]
) -> None:
    write()
    assert mode(own_home) == 0o700
    assert all(mode(folder) == 0o700 for folder in own_home.iterdir() if folder.is_dir())


def test_directory_of_an_earlier_version_becomes_private(own_home: Path) -> None:
    (own_home / "spotify").mkdir(parents=True, mode=0o755)
    (own_home / "history.sqlite").touch()
    own_home.chmod(0o755)
    prepare(own_home / "spotify")
    prepare(own_home)
    assert mode(own_home) == mode(own_home / "spotify") == 0o700


def test_folder_with_other_files_keeps_its_mode(own_home: Path) -> None:
    own_home.mkdir(mode=0o755)
    (own_home / "holiday.jpg").touch()
    prepare(own_home)
    assert mode(own_home) == 0o755


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """The target of a planted link; the test fails if it changes."""
    path = tmp_path / "precious"
    path.write_bytes(PRECIOUS)
    yield path
    assert path.read_bytes() == PRECIOUS


def plant(link: Path, target: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)


def test_link_in_place_of_a_written_file_is_replaced(own_home: Path, target: Path) -> None:
    plant(own_home / "app.json", target)
    single_instance.save_address("http://127.0.0.1:1/?token=x")
    assert not (own_home / "app.json").is_symlink()


def test_link_in_place_of_the_login_is_not_followed(own_home: Path, target: Path) -> None:
    plant(own_home / "spotify" / "login.json", target)
    with pytest.raises(SpotifyError, match="not followed"):
        token_store.load()
    token_store.save(token_store.Credentials("client"))
    assert token_store.load() == token_store.Credentials("client")


def test_links_outside_are_followed(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with atomic_write(tmp_path / "link") as aside:
        aside.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere").read_text() == "new"


def test_data_directory_may_be_a_link(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    own_home.symlink_to(tmp_path / "disk")
    write_private(own_home / "app.json", b"{}")
    assert (tmp_path / "disk" / "app.json").read_bytes() == b"{}"


def test_links_in_place_of_databases_are_not_followed(own_home: Path, tmp_path: Path) -> None:
    for name in ("history", "library", "spotify/found"):
        plant(own_home / f"{name}.sqlite", tmp_path / "made-by-the-link")
    with History(), SearchCache():
        pass
    with pytest.raises(LibraryError, match="not followed"):
        open_library()
    assert not (tmp_path / "made-by-the-link").exists()


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_links_next_to_databases_are_not_followed(
    own_home: Path, target: Path, suffix: str
) -> None:
    plant(own_home / f"library.sqlite{suffix}", target)
    with suppress(LibraryError):
        open_library().__exit__()


def test_link_in_place_of_a_lock_is_not_followed(
    own_home: Path, target: Path, tmp_path: Path
) -> None:
    plant(own_home / "library.lock", target)
    with open_library() as library, pytest.raises(LibraryError, match="not followed"):
        library.rescan()
    plant(own_home / "spotify.lock", tmp_path / "made-by-the-link")
    with pytest.raises(SpotifyError, match="Can't store"):
        token_store.save(token_store.Credentials("client"))
    assert not (tmp_path / "made-by-the-link").exists()


def test_link_in_place_of_the_login_folder_is_not_followed(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    plant(own_home / "spotify", tmp_path / "elsewhere")
    with pytest.raises(OSError, match="not followed"):
        token_store.save(token_store.Credentials("client"))
    with SearchCache():
        pass
    assert not list((tmp_path / "elsewhere").iterdir())


def test_links_in_place_of_catalogs_are_not_followed(own_home: Path, target: Path) -> None:
    shipped = unpack_bundled()
    shipped.unlink()
    shipped.symlink_to(target)
    with open_catalog() as catalog:
        assert len(catalog) > 1000
    assert not shipped.is_symlink()
    plant(own_home / "catalog.sqlite", target)
    with pytest.raises(CatalogError, match="followed"):
        open_catalog()


def test_catalog_build_does_not_follow_links(own_home: Path, target: Path) -> None:
    plant(own_home / "catalog.sqlite", target)
    plant(own_home / ".catalog.sqlite.building", target)
    with ResumableBuild(own_home / "catalog.sqlite", "plan") as catalog:
        catalog.finish({})
    assert not (own_home / "catalog.sqlite").is_symlink()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_pipes_and_folders_are_rejected(own_home: Path, make: Callable[[Path], None]) -> None:
    own_home.mkdir()
    make(own_home / "x")
    with pytest.raises(OSError, match="x"):
        create_private(own_home / "x")
    with pytest.raises(OSError, match="x"):
        read_private(own_home / "x", 10)
