"""Finds a song's track: by Deezer id if known, else by a search."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import DeezerError
from ...songs.song import Song
from .client import DeezerClient
from .deezer_errors import Problem
from .matching import best_match, is_plausible, normalize
from .tracks import Track

DURATION_TOLERANCE = 15.0
"""The maximum difference in seconds between a track's length and the song's, if known."""

_MAX_QUERY = 200


@dataclass(frozen=True)
class TrackQuery:
    """A song with its Deezer id and length; 0 means unknown."""

    song: Song
    number: int = 0  # Deezer id
    seconds: float = 0.0


def find_tracks(client: DeezerClient, query: TrackQuery, deadline: float) -> Iterator[Track]:
    """Yields tracks of the song lazily; at most four requests. Raises DeezerError."""
    seen = set()
    for track in _by_number(client, query, deadline):
        seen.add(track.facts.number)
        yield track
    found = _search(client, query, deadline)
    if found and found.facts.number not in seen:
        yield found
        yield from _alternative(client, query, found, deadline)


def _by_number(client: DeezerClient, query: TrackQuery, deadline: float) -> Iterator[Track]:
    """The track with the id and its alternative; none if the id is unknown or another song's."""
    track = _track(client, query.number, deadline) if query.number else None
    if track and track.facts.number == query.number and is_plausible(query.song, track):
        yield track
        yield from _alternative(client, query, track, deadline)


def _alternative(
    client: DeezerClient, query: TrackQuery, track: Track, deadline: float
) -> Iterator[Track]:
    """The same song in a release that is available here, if Deezer names one."""
    other = _track(client, track.alternative, deadline) if track.alternative else None
    if other and is_plausible(query.song, other):
        yield other


def _track(client: DeezerClient, number: int, deadline: float) -> Track | None:
    try:
        return client.track(number, deadline)
    except DeezerError as error:
        if error.problem != Problem.NOT_FOUND.name:
            raise
        return None


def _search(client: DeezerClient, query: TrackQuery, deadline: float) -> Track | None:
    """Searches free text, because Deezer's filters miss many songs."""
    text = f"{normalize(query.song.title)} {normalize(query.song.artist)}".strip()
    try:
        tracks = client.search(text[:_MAX_QUERY], deadline) if text else []
    except DeezerError as error:
        if error.problem != Problem.NOT_FOUND.name:
            raise
        return None
    return best_match(
        query.song, [track for track in tracks if _has_duration(track, query.seconds)]
    )


def _has_duration(track: Track, seconds: float) -> bool:
    length = track.facts.seconds
    return not seconds or not length or abs(length - seconds) <= DURATION_TOLERANCE
