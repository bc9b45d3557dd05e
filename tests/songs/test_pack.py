import json
import shutil
from pathlib import Path

import pytest

from musicalface.errors import CatalogError, InputError
from musicalface.songs import open_catalog
from musicalface.songs.export import export_catalog
from musicalface.songs.pack import PACKED, unpacked


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped catalog, and a home of its own."""
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "home"))
    for file in (PACKED, PACKED.with_name("catalog.json")):
        shutil.copy(file, tmp_path)
    return tmp_path / PACKED.name


def test_the_shipped_catalog_is_what_its_card_says() -> None:
    card = json.loads(PACKED.with_name("catalog.json").read_text())
    with open_catalog() as catalog:
        assert len(catalog) == card["songs"] >= 35_000
        assert {m.value: n for m, n in catalog.counts().items()} == card["moods"]
    assert PACKED.stat().st_size == card["bytes"] <= 3_000_000


def test_it_is_unpacked_once(packed: Path) -> None:
    path = unpacked(packed)
    made = path.stat().st_mtime_ns
    assert unpacked(packed) == path
    assert path.stat().st_mtime_ns == made
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_damaged_unpacked_catalog_is_made_again(home: Path) -> None:
    path = unpacked()
    path.write_bytes(b"")
    with open_catalog() as catalog:
        assert len(catalog) > 35_000


def test_a_catalog_of_the_persons_is_left_alone(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "catalog-rock.sqlite").write_text("mine")
    unpacked(packed)
    assert (tmp_path / "home" / "catalog-rock.sqlite").read_text() == "mine"


def test_an_older_unpacked_catalog_is_removed(packed: Path, tmp_path: Path) -> None:
    older = tmp_path / "home" / "catalog-1-0123456789ab.sqlite"
    older.parent.mkdir()
    older.touch()
    unpacked(packed)
    assert not older.exists()


def test_a_damaged_package_is_told(packed: Path) -> None:
    packed.write_bytes(packed.read_bytes()[:-100])
    with pytest.raises(CatalogError, match="shipped catalog is damaged"):
        unpacked(packed)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"songs": 1}'])
def test_a_damaged_card_is_told(packed: Path, card: str) -> None:
    packed.with_name("catalog.json").write_text(card)
    with pytest.raises(CatalogError, match="card is damaged"):
        unpacked(packed)


def test_a_home_that_cannot_be_written_to(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(CatalogError, match="set MUSICALFACE_HOME"):
        unpacked(packed)


def test_packing_again_gives_the_same_file(tmp_path: Path) -> None:
    with open_catalog() as catalog:
        export_catalog(catalog, tmp_path / "catalog.csv.xz")
    assert (tmp_path / "catalog.csv.xz").read_bytes() == PACKED.read_bytes()
    assert json.loads((tmp_path / "catalog.json").read_text()) == json.loads(
        PACKED.with_name("catalog.json").read_text()
    )


def test_parquet_holds_the_same_songs(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with open_catalog() as catalog:
        count = export_catalog(catalog, tmp_path / "songs.parquet")
        first = next(iter(catalog))
    table = parquet.read_table(tmp_path / "songs.parquet")
    assert table.num_rows == count
    row = table.slice(0, 1).to_pylist()[0]
    assert (row["artist"], row["title"]) == (first.artist, first.title)
    assert row["happy"] == pytest.approx(first.moods.happy)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with (
        open_catalog() as catalog,
        pytest.raises(InputError, match=r"\.csv, \.csv\.xz or \.parquet"),
    ):
        export_catalog(catalog, tmp_path / "songs.xlsx")
