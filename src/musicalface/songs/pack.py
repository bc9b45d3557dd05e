"""The shipped catalog: an xz-compressed csv and its card, made into SQLite at first use."""

import csv
import io
import json
import lzma
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ..errors import CatalogError
from ..files import sha256, written_aside
from ..mood import MOODS, MoodScores
from ..settings import home
from . import schema
from .song import Song

PACKED = Path(__file__).with_name("catalog.csv.xz")
_OURS = re.compile(r"catalog-(\d+-)?[0-9a-f]{12}\.sqlite")
LICENCE = (
    "Facts about songs (artist, title, Spotify id) and an estimate of their mood, from what "
    "listeners said and from a model's reading of their words, free to use. No lyrics; nothing of "
    "Spotify's went into it."
)
COLUMNS = ("artist", "title", *MOODS, "evidence", "spotify_id")


def unpacked(packed: Path = PACKED) -> Path:
    """The shipped catalog as SQLite in the person's directory, made there when it is missing.

    Raises CatalogError when the package's file does not fit its card, or when the
    person's directory cannot be written to.
    """
    checksum = _card(packed)["sha256"]
    path = home() / f"catalog-{schema.FORMAT}-{checksum[:12]}.sqlite"
    if not path.exists():
        if not packed.is_file() or sha256(packed) != checksum:
            raise CatalogError("The shipped catalog is damaged: install musicalface again.")
        _unpack(packed, path)
    return path


def pack(songs: Iterable[Song], path: Path, about: dict[str, Any]) -> int:
    """Write songs compressed, and a card that says what `about` says and the checksum."""
    with written_aside(_card_path(path)) as card_aside, written_aside(path) as aside:
        count = _compress(songs, aside)
        checked = {"sha256": sha256(aside), "bytes": aside.stat().st_size}
        card = {"songs": count, **about, **checked, "licence": LICENCE}
        text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
        card_aside.write_text(text, encoding="utf-8", newline="\n")
    return count


def rows(songs: Iterable[Song]) -> Iterator[tuple[object, ...]]:
    """The values of COLUMNS for each song; probabilities to three digits."""
    for song in songs:
        moods = (f"{p:.3f}" for p in song.moods.as_dict().values())
        yield (song.artist, song.title, *moods, song.evidence, song.spotify_id)


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
        with written_aside(path) as aside, closing(schema.create(aside)) as connection:
            schema.insert(connection, _unpacked_songs(packed))
            schema.finish(connection, _card(packed)["facts"])
        _forget_older(path)
    except (OSError, sqlite3.Error) as error:
        if path.is_file():  # another process was quicker
            return
        raise CatalogError(
            f"The catalog cannot be unpacked into {path.parent} ({error}): "
            "free some space there, or set MUSICALFACE_HOME to another folder."
        ) from None


def _forget_older(path: Path) -> None:
    for older in path.parent.glob("catalog-*.sqlite"):
        if older != path and _OURS.fullmatch(older.name):
            with suppress(OSError):  # in use, on Windows
                older.unlink()


def _unpacked_songs(packed: Path) -> Iterator[Song]:
    with lzma.open(packed, "rt", encoding="utf-8", newline="") as file:
        table = csv.reader(file)
        next(table)
        for artist, title, angry, happy, relaxed, sad, evidence, spotify_id in table:
            moods = MoodScores(float(angry), float(happy), float(relaxed), float(sad))
            yield Song(artist, title, moods, evidence, spotify_id)  # type: ignore[arg-type]


def _card_path(packed: Path) -> Path:
    return packed.with_name(packed.name.removesuffix(".csv.xz") + ".json")


def _card(packed: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads(_card_path(packed).read_text(encoding="utf-8"))
        return card | {"sha256": str(card["sha256"]), "facts": dict(card["facts"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise CatalogError(
            "The shipped catalog's card is damaged: install musicalface again."
        ) from None
