"""The settings that the page stores."""

import stat
from pathlib import Path

import pytest

from musicalface import stored_settings
from musicalface.stored_settings import StoredSettings


def test_settings_are_stored_in_a_private_file(own_home: Path) -> None:
    assert stored_settings.load() == StoredSettings()
    stored_settings.change(player="local")
    assert stored_settings.change(covers=True) == StoredSettings(covers=True, player="local")
    assert stored_settings.load() == StoredSettings(covers=True, player="local")
    assert stat.S_IMODE((own_home / "settings.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 4000,
        '{"offline": 0, "covers": false, "player": ""}',
        '{"offline": false, "covers": false, "player": "winamp"}',
        '{"offline": false, "covers": false, "player": ["local"]}',
        "x" * 9999,
    ],
)
def test_damaged_settings_mean_offline(own_home: Path, content: str) -> None:
    own_home.mkdir()
    (own_home / "settings.json").write_text(content)
    assert stored_settings.is_offline()
    stored_settings.change(offline=False)
    assert not stored_settings.is_offline()


def test_link_in_place_of_the_settings_means_offline(own_home: Path, tmp_path: Path) -> None:
    own_home.mkdir()
    (tmp_path / "other.json").write_text('{"offline": false, "covers": true, "player": ""}')
    (own_home / "settings.json").symlink_to(tmp_path / "other.json")
    assert stored_settings.is_offline()
