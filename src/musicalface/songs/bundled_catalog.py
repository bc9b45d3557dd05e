"""The bundled catalog: an xz-compressed CSV file with a card, unpacked to SQLite on first use."""

import csv
import io
import json
import lzma
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, get_args

from ..csv_rows import csv_rows
from ..errors import CatalogError, DataError
from ..files import atomic_write, read_bytes, sha256
from ..mood import MOODS, EvidenceKind, MoodScores
from ..settings import home
from . import catalog_schema
from .song import Song

BUNDLED_FILE = Path(__file__).with_name("catalog.csv.xz")
MAX_SONGS, MAX_CARD = 10_000_000, 1_000_000
"""Limits: songs in a packed catalog, and bytes of its card."""

_ROUNDING = 0.01
_CHECKSUM = re.compile("[0-9a-f]{64}")
_UNPACKING = Lock()  # the app unpacks at its start, and a first request may come meanwhile
EVIDENCE: tuple[EvidenceKind, ...] = get_args(EvidenceKind)
_UNPACKED_NAME = re.compile(r"catalog-(\d+-)?[0-9a-f]{12}\.sqlite")
LICENCE = (
    "Facts about songs (artist, title, ids of Spotify and Deezer) and an estimate of their mood, "
    "based on listeners' labels and a model's reading of the lyrics. Free to use. Contains no "
    "lyrics and no data of Spotify or Deezer except the ids."
)
COLUMNS = ("artist", "title", *MOODS, "evidence", "spotify_id", "deezer_id", "known")


def unpack_bundled(packed: Path = BUNDLED_FILE) -> Path:
    """Returns the path of the bundled catalog as SQLite; unpacks it into the user's directory.

    Unpacks only if the file is missing. Raises CatalogError if the packed file does not
    match its card, or if the user's directory is not writable.
    """
    with _UNPACKING:
        return _unpack_once(packed)


def _unpack_once(packed: Path) -> Path:
    checksum = _card(packed)["sha256"]
    path = home() / f"catalog-{catalog_schema.FORMAT}-{checksum[:12]}.sqlite"
    if path.is_symlink() or not path.exists():
        if not packed.is_file() or sha256(packed) != checksum:
            raise _damaged()
        _unpack(packed, path)
    return path


def write_packed(songs: Iterable[Song], path: Path, about: dict[str, Any]) -> int:
    """Writes songs as a compressed CSV, and a card with `about` and the checksum.

    Returns the number of songs.
    """
    with atomic_write(_card_path(path)) as card_aside, atomic_write(path) as temporary:
        count = _compress(songs, temporary)
        checked = {"sha256": sha256(temporary), "bytes": temporary.stat().st_size}
        card = {"songs": count, **about, **checked, "licence": LICENCE}
        text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
        card_aside.write_text(text, encoding="utf-8", newline="\n")
    return count


def rows(songs: Iterable[Song]) -> Iterator[tuple[object, ...]]:
    """Yields the values of COLUMNS for each song; probabilities have three decimals."""
    for song in songs:
        moods = (f"{p:.3f}" for p in song.moods.as_dict().values())
        yield (
            song.artist,
            song.title,
            *moods,
            song.evidence,
            song.spotify_id,
            song.deezer_id or "",
            song.known or "",
        )


def _compress(songs: Iterable[Song], path: Path) -> int:
    with (
        lzma.open(path, "wb", preset=9 | lzma.PRESET_EXTREME) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        return sum(1 for row in rows(songs) if table.writerow(row))


def _unpack(packed: Path, path: Path) -> None:
    try:
        with (
            atomic_write(path) as temporary,
            closing(catalog_schema.create(temporary)) as connection,
        ):
            catalog_schema.insert(connection, islice(_unpacked_songs(packed), MAX_SONGS))
            catalog_schema.finish(connection, _card(packed)["facts"])
        _delete_older(path)
    except (DataError, ValueError):
        raise _damaged() from None
    except (OSError, sqlite3.Error) as error:
        if path.is_file():  # another process unpacked it first
            return
        raise CatalogError(
            f"Can't unpack the catalog into {path.parent} ({error}): "
            "free some disk space, or set MUSICALFACE_HOME to another folder."
        ) from None


def _delete_older(path: Path) -> None:
    for older in path.parent.glob("catalog-*.sqlite"):
        if older != path and _UNPACKED_NAME.fullmatch(older.name):
            with suppress(OSError):  # in use, on Windows
                older.unlink()


def _unpacked_songs(packed: Path) -> Iterator[Song]:
    """Raises DataError or ValueError if a row is not a song."""
    rows = csv_rows(packed)
    next(rows, None)
    for _, (artist, title, angry, happy, relaxed, sad, evidence, *ids, known) in rows:
        spotify_id, deezer_id = ids
        moods = MoodScores.of(map(float, (angry, happy, relaxed, sad)))
        shares = (moods.angry, moods.happy, moods.relaxed, moods.sad)
        if evidence not in EVIDENCE or min(shares) < 0 or not abs(sum(shares) - 1) < _ROUNDING:
            raise ValueError(evidence)
        deezer, times = int(deezer_id or "0"), int(known or "0")
        yield Song(artist, title, moods, evidence, spotify_id, deezer_id=deezer, known=times)


def _damaged() -> CatalogError:
    return CatalogError("The bundled catalog is damaged. Reinstall MusicalFace.")


def _card_path(packed: Path) -> Path:
    return packed.with_name(packed.name.removesuffix(".csv.xz") + ".json")


def _card(packed: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads(read_bytes(_card_path(packed), MAX_CARD))
        facts = {str(name): str(value) for name, value in dict(card["facts"]).items()}
        if not _CHECKSUM.fullmatch(card["sha256"]):  # part of it becomes a file name
            raise ValueError
        return card | {"facts": facts}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise CatalogError(
            "The bundled catalog's card is damaged. Reinstall MusicalFace."
        ) from None
