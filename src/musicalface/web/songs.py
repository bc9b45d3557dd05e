"""Songs for a mood, and the evening that they make."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from starlette.datastructures import State

from ..dj import OnSpotify, Wish, choosing, on_spotify
from ..errors import InputError
from ..mood import Mood
from ..players import link
from ..players.spotify.problems import Problem, failed
from ..songs import History, Pick
from .answers import Document, flag, number, text
from .desk import is_whole

PLAYERS = ("browser", "spotify", "local")
MOST_SONGS = 100


def songs(state: State, asked: Document) -> Document:
    """`POST /api/songs`: ten songs for a mood, on a player."""
    mood, player = Mood.parse(text(asked, "mood")), text(asked, "player", "browser")
    if player not in PLAYERS:
        raise InputError(f"There is no player {player!r}: {', '.join(PLAYERS)} are there.")
    if player == "spotify" and not state.desk.is_logged_in:
        raise failed(Problem.LOGGED_OUT)
    goal = text(asked, "toward", "") if asked.get("toward") is not None else ""
    wish = Wish(
        number(asked, "count", 10, 1, MOST_SONGS),
        toward=Mood.parse(goal) if goal else None,
        mine=flag(asked, "mine"),
        is_local=player == "local",
        with_id=player == "browser",
        is_of_spotify=player == "spotify",
    )
    with _spotify(wish) as spotify, choosing(wish, spotify) as choose:
        picks = choose(mood)
        if wish.is_of_spotify and spotify:
            spotify.player()  # raises what went wrong
    document = _document(mood, wish.toward, picks)
    state.evening.add(document, flag(asked, "corrected"))
    return document


def evening(state: State, _: Document) -> Document:
    """`GET /api/evening`."""
    return {"evening": state.evening.told()}


def forget(state: State, _: Document) -> Document:
    """`DELETE /api/evening`: the evening, and that its songs were chosen lately."""
    with History() as history:
        history.forget(state.evening.began)
    state.evening.forget()
    return evening(state, {})


def _spotify(wish: Wish) -> AbstractContextManager[OnSpotify | None]:
    """Who plays elsewhere has songs and links, even with a login that is damaged."""
    return on_spotify() if wish.is_of_spotify or is_whole() else nullcontext()


def _document(mood: Mood, toward: Mood | None, picks: Sequence[Pick]) -> Document:
    noun = "song" if len(picks) == 1 else "songs"
    title = f"{len(picks)} {mood.value} {noun}"
    if toward and toward is not mood:
        title = f"{len(picks)} {noun} from {mood.value} to {toward.value}"
    return {
        "mood": mood.value,
        "toward": toward.value if toward else None,
        "title": title,
        "songs": [_song(pick) for pick in picks],
    }


def _song(pick: Pick) -> dict[str, Any]:
    song = pick.song
    return {
        "artist": song.artist,
        "title": song.title,
        "mood": song.mood.value,
        "sure": round(song.moods.as_dict()[song.mood], 4),
        "why": pick.why,
        "url": None if song.file else link(song),
        "spotify_id": song.spotify_id or None,
        "file_id": song.file_id or None,
        "cover": None,
    }
