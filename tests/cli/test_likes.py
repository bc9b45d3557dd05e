"""`musicalface likes`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from musicalface.cli.likes import command
from musicalface.errors import InputError
from musicalface.songs import likes


def run(*arguments: str) -> str:
    return CliRunner().invoke(command, arguments, catch_exceptions=False).output


def test_list_export_import_and_clear(own_home: Path, tmp_path: Path) -> None:
    assert "Press a heart" in run("list")
    likes.add([likes.new_like("Björk", "Jóga", 1), likes.new_like("Can", "Halleluhwah", 2)])
    assert run("list").splitlines() == ["Can - Halleluhwah", "Björk - Jóga"]
    for name in ("likes.json", "likes.csv"):
        assert "2 songs." in run("export", str(tmp_path / name))
        assert "Deleted." in run("clear", "--yes")
        assert "2 songs added; you like 2 songs." in run("import", str(tmp_path / name))
        assert "0 songs added" in run("import", str(tmp_path / name))
    with pytest.raises(InputError, match="isn't a"):
        run("export", str(tmp_path / "likes.txt"))


def test_a_file_without_likes(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(InputError, match="has no liked songs"):
        run("import", str(tmp_path / "photo.csv"))
    (own_home).mkdir()
    (own_home / "likes.json").write_text("{")
    assert "likes.json.damaged" in run("list")
