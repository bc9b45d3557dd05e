import json
import lzma
import shutil
from pathlib import Path

import pytest

from musicalface.errors import CatalogError, InputError
from musicalface.files import sha256
from musicalface.songs import open_catalog
from musicalface.songs.bundled_catalog import BUNDLED_FILE, unpack_bundled
from musicalface.songs.catalog_export import export_catalog


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled catalog, with a separate user directory."""
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "home"))
    for file in (BUNDLED_FILE, BUNDLED_FILE.with_name("catalog.json")):
        shutil.copy(file, tmp_path)
    return tmp_path / BUNDLED_FILE.name


def test_bundled_catalog_matches_its_card() -> None:
    card = json.loads(BUNDLED_FILE.with_name("catalog.json").read_text())
    with open_catalog() as catalog:
        assert len(catalog) == card["songs"] >= 35_000
        assert {m.value: n for m, n in catalog.counts().items()} == card["moods"]
    assert BUNDLED_FILE.stat().st_size == card["bytes"] <= 3_000_000


def test_bundled_catalog_is_unpacked_once(packed: Path) -> None:
    path = unpack_bundled(packed)
    made = path.stat().st_mtime_ns
    assert unpack_bundled(packed) == path
    assert path.stat().st_mtime_ns == made
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_damaged_unpacked_catalog_is_recreated(home: Path) -> None:
    path = unpack_bundled()
    path.write_bytes(b"")
    with open_catalog() as catalog:
        assert len(catalog) > 35_000


def test_own_catalog_is_not_touched(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "catalog-rock.sqlite").write_text("mine")
    unpack_bundled(packed)
    assert (tmp_path / "home" / "catalog-rock.sqlite").read_text() == "mine"


def test_older_unpacked_catalog_is_deleted(packed: Path, tmp_path: Path) -> None:
    older = tmp_path / "home" / "catalog-1-0123456789ab.sqlite"
    older.parent.mkdir()
    older.touch()
    unpack_bundled(packed)
    assert not older.exists()


def test_damaged_bundle_is_reported(packed: Path) -> None:
    packed.write_bytes(packed.read_bytes()[:-100])
    with pytest.raises(CatalogError, match="bundled catalog is damaged"):
        unpack_bundled(packed)


GOOD = "A,T,0.1,0.2,0.3,0.4,lyrics,,,"


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace("0.4", "0.5"),
        GOOD.replace("0.4", "nan"),
        GOOD.replace("0.4", "many"),
        GOOD.replace("0.4", "9" * 400),
        GOOD.replace("lyrics", "rumours"),
        "A,T",
        GOOD + ",more",
        GOOD + "many",
        "A," + "T" * 5_000_000 + GOOD[3:],
        GOOD.encode() + b"\xff",
        b"not packed",
    ],
)
def test_damaged_content_with_a_matching_card(packed: Path, content: str | bytes) -> None:
    table = content.encode() if isinstance(content, str) else content
    header = b"artist,title,angry,happy,relaxed,sad,evidence,spotify_id,deezer_id,known\n"
    whole = table if table == b"not packed" else lzma.compress(header + table + b"\n")
    packed.write_bytes(whole)
    card = json.loads(packed.with_name("catalog.json").read_text())
    card["sha256"] = sha256(packed)
    packed.with_name("catalog.json").write_text(json.dumps(card))
    with pytest.raises(CatalogError, match=r"bundled catalog is damaged\. Reinstall"):
        unpack_bundled(packed)
    assert list((packed.parent / "home").glob("*")) == []


@pytest.mark.parametrize("checksum", ["../../x", "", 7, "A" * 64])
def test_invalid_checksum_in_the_card(packed: Path, checksum: object) -> None:
    card = json.loads(packed.with_name("catalog.json").read_text())
    packed.with_name("catalog.json").write_text(json.dumps(card | {"sha256": checksum}))
    with pytest.raises(CatalogError, match="card is damaged"):
        unpack_bundled(packed)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"songs": 1}'])
def test_damaged_catalog_card_is_reported(packed: Path, card: str) -> None:
    packed.with_name("catalog.json").write_text(card)
    with pytest.raises(CatalogError, match="card is damaged"):
        unpack_bundled(packed)


def test_unpacking_into_an_unwritable_home(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(CatalogError, match="set MUSICALFACE_HOME"):
        unpack_bundled(packed)


def test_export_is_reproducible(tmp_path: Path) -> None:
    with open_catalog() as catalog:
        export_catalog(catalog, tmp_path / "catalog.csv.xz")
    assert (tmp_path / "catalog.csv.xz").read_bytes() == BUNDLED_FILE.read_bytes()
    assert json.loads((tmp_path / "catalog.json").read_text()) == json.loads(
        BUNDLED_FILE.with_name("catalog.json").read_text()
    )


def test_parquet_export_has_the_same_songs(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with open_catalog() as catalog:
        count = export_catalog(catalog, tmp_path / "songs.parquet")
        first = next(iter(catalog))
    table = parquet.read_table(tmp_path / "songs.parquet")
    assert table.num_rows == count
    row = table.slice(0, 1).to_pylist()[0]
    assert (row["artist"], row["title"]) == (first.artist, first.title)
    assert row["happy"] == pytest.approx(first.moods.happy)


def test_unknown_export_extension_is_rejected(tmp_path: Path) -> None:
    with (
        open_catalog() as catalog,
        pytest.raises(InputError, match=r"\.csv, \.csv\.xz or \.parquet"),
    ):
        export_catalog(catalog, tmp_path / "songs.xlsx")
