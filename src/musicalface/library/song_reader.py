"""Song reader: turns audio files into library entries with moods; runs in worker processes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..identity import song_key
from ..lyrics import read_lyrics
from ..mood import MoodScores
from ..songs import Catalog, Song
from .audio_tags import AudioTags, Unreadable, read_tags
from .directory_walk import AudioFile, UnreadablePath
from .mood_fusion import Evidence, EvidenceBySource, Source


@dataclass(frozen=True)
class Entry:
    """A song as read from its file and the catalog: everything but its sound."""

    path: bytes
    state: str
    artist: str
    title: str
    evidence: EvidenceBySource = field(default_factory=dict)
    spotify_id: str = ""
    deezer_id: int = 0


def read_files(
    root: bytes, catalog: Path, batch: Sequence[AudioFile]
) -> list[Entry | UnreadablePath]:
    """Returns an entry for each file below a folder, in order, with moods from a catalog or lyrics.

    Raises the errors of `Catalog` and `read_lyrics`.
    """
    tags = [_read_tags(root, file) for file in batch]
    with Catalog(catalog) as songs:
        listed = songs.by_keys(_keys(each for each in tags if isinstance(each, AudioTags)))
    tags = [_with_listed_names(each, listed) for each in tags]
    moods = _score_lyrics([_lyrics_to_score(each, listed) for each in tags])
    return [
        each
        if isinstance(each, UnreadablePath)
        else _entry(file, each, listed.get(_key(each)), lyrics_moods)
        for file, each, lyrics_moods in zip(batch, tags, moods, strict=True)
    ]


def _read_tags(root: bytes, file: AudioFile) -> AudioTags | UnreadablePath:
    try:
        return read_tags(root, file.path)
    except Unreadable as reason:
        return UnreadablePath(file.path, str(reason))


def _keys(songs: Iterable[AudioTags]) -> set[str]:
    names = (each for song in songs for each in song.candidates)
    return {song_key(*each) for each in names if all(each)}


def _with_listed_names(
    song: AudioTags | UnreadablePath, listed: Mapping[str, Song]
) -> AudioTags | UnreadablePath:
    """Returns the song with the first reading of its names that the catalog lists, if any."""
    if isinstance(song, UnreadablePath):
        return song
    for artist, title in song.candidates:
        if song_key(artist, title) in listed:
            return replace(song, artist=artist, title=title)
    return song


def _key(song: AudioTags) -> str:
    return song_key(song.artist, song.title)


def _lyrics_to_score(song: AudioTags | UnreadablePath, listed: Mapping[str, Song]) -> str:
    """Returns the lyrics of a song without listeners' evidence, else an empty text."""
    if isinstance(song, UnreadablePath):
        return ""
    match = listed.get(_key(song))
    return "" if match and match.evidence == "listeners" else song.lyrics


def _score_lyrics(texts: Sequence[str]) -> list[MoodScores | None]:
    return read_lyrics(texts) if any(texts) else [None] * len(texts)


def _entry(
    file: AudioFile, song: AudioTags, listed: Song | None, lyrics_moods: MoodScores | None
) -> Entry:
    """Returns an entry with all evidence; its own lyrics count before those in the catalog."""
    evidence: dict[Source, Evidence] = {}
    if listed:
        source: Source = "listeners" if listed.evidence == "listeners" else "lyrics"
        evidence[source] = Evidence(listed.moods)
    if lyrics_moods:
        evidence["lyrics"] = Evidence(lyrics_moods)
    if song.mood_tag:
        evidence["tag"] = song.mood_tag
    ids = (listed.spotify_id, listed.deezer_id) if listed else ("", 0)
    return Entry(file.path, file.state, song.artist, song.title, evidence, *ids)
