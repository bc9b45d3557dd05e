"""Song endpoint: songs for a mood."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from starlette.datastructures import State

from ..errors import InputError
from ..identity import song_key
from ..mood import MOODS, Mood, MoodScores
from ..players import link
from ..players.song_links import service_links
from ..players.spotify.spotify_errors import Problem, spotify_error
from ..selection import SongRequest, SpotifyLookup, open_spotify_lookup, song_selector
from ..songs import Pick
from ..songs.likes import liked_keys
from ..stored_settings import PLAYERS
from .json_body import Document, get_flag, get_number, get_shares, get_text
from .spotify_login import is_login_readable

MAX_SONGS = 100
MAX_STRETCHES = 20


def post_songs(state: State, body: Document) -> Document:
    """`POST /api/songs`: ten songs for a mood, or along a video's moods, on a player."""
    mood, player = Mood.parse(get_text(body, "mood")), get_text(body, "player", "deezer")
    if player not in PLAYERS:
        raise InputError(
            f"Unknown player {player!r}. Choose {', '.join(PLAYERS[:-1])} or {PLAYERS[-1]}."
        )
    if player == "spotify" and not state.spotify_login.is_logged_in:
        raise spotify_error(Problem.LOGGED_OUT)
    favourites = liked_keys()
    target = get_text(body, "toward", "") if body.get("toward") is not None else ""
    request = SongRequest(
        get_number(body, "count", 10, 1, MAX_SONGS),
        toward=Mood.parse(target) if target else None,
        liked_first=get_flag(body, "mine"),
        is_local=player == "local",
        prefer_spotify_id=player == "browser",
        spotify_only=player == "spotify",
        walk=tuple(map(MoodScores.of, get_shares(body, "walk", MAX_STRETCHES, len(MOODS)))),
        reactions=state.reaction_votes.current(),
        favourites=favourites,
    )
    with _spotify(request) as spotify, song_selector(request, spotify) as select:
        picks = select(mood)
        if request.spotify_only and spotify:
            spotify.player()  # raises the error of the lookup
    document = _document(mood, request, picks, favourites)
    state.session_history.add_mood(
        document["mood"], document["toward"], get_flag(body, "corrected")
    )
    return document


def _spotify(request: SongRequest) -> AbstractContextManager[SpotifyLookup | None]:
    """Open the lookup, or None if the login is damaged and the player doesn't need Spotify."""
    return open_spotify_lookup() if request.spotify_only or is_login_readable() else nullcontext()


def _document(
    mood: Mood, request: SongRequest, picks: Sequence[Pick], favourites: frozenset[str]
) -> Document:
    toward = request.toward
    noun = "song" if len(picks) == 1 else "songs"
    title = f"{len(picks)} {mood.value} {noun}"
    if toward and toward is not mood:
        title = f"{len(picks)} {noun} from {mood.value} to {toward.value}"
    if request.walk:
        title = f"{len(picks)} {noun} that follow{'s' if len(picks) == 1 else ''} the video"
    return {
        "mood": mood.value,
        "toward": toward.value if toward else None,
        "title": title,
        "songs": [_song(pick, favourites) for pick in picks],
    }


def _song(pick: Pick, favourites: frozenset[str]) -> dict[str, Any]:
    song = pick.song
    return {
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "sure": round(song.moods.as_dict()[song.mood], 4),
        "why": pick.why,
        "evidence": song.evidence,
        "liked": song_key(song.artist, song.title) in favourites,
        "url": None if song.file else link(song),
        "spotify_id": song.spotify_id or None,
        "deezer_id": song.deezer_id or None,
        "file_id": song.file_id or None,
        "cover": f"/api/library/files/{song.file_id}/cover" if song.file_id else None,
        "links": None if song.file else service_links(song),
    }
