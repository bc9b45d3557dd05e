"""Players endpoint: the players, their state in words, and the one to use."""

from dataclasses import asdict, dataclass

from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import MusicalFaceError
from ..library import open_library
from ..mood import Mood
from ..players import deezer
from ..players.page import BrowserPlayer, LocalPlayer
from ..players.player import Player
from ..players.spotify.spotify_player import SpotifyPlayer
from ..stored_settings import is_offline, load
from .error_messages import OFFLINE
from .json_body import Document

_LOG_IN = "Spotify isn't connected yet."
_ADD_MUSIC = "Your library is empty. Add a music folder."
_SORT = "The songs of your library have no mood yet. Sort them."


@dataclass(frozen=True)
class PlayerState:
    """A player as the page shows it; `message` says what it still needs, or is None."""

    name: str
    label: str
    state: str
    needs: str
    message: str | None
    songs: int | None = None  # in the library, for `local`
    unsorted: int | None = None  # songs of unknown mood there

    @property
    def ready(self) -> bool:
        """True if the player can play now."""
        return self.message is None


async def players(request: Request) -> Response:
    """`GET /api/players`; `embed` has the host name of the request."""
    url, state = request.url, request.app.state
    embed = f"{url.scheme}://{url.hostname}:{state.embed_port}/"
    return JSONResponse({**await run_sync(_players, state), "embed": embed})


def _players(state: State) -> Document:
    is_logged_in = state.spotify_login.is_logged_in
    songs, unsorted, error = _library()
    states = [*_online_players(is_logged_in), _local_player(songs, unsorted, error)]
    chosen = _chosen(states, is_logged_in, bool(songs) and all(songs.values()))
    return {
        "player": chosen.name,
        "players": [{**asdict(each), "ready": each.ready} for each in states],
    }


def _online_players(is_logged_in: bool) -> list[PlayerState]:
    offline = is_offline()

    def state(
        player: type[Player], label: str, words: str, message: str | None = None
    ) -> PlayerState:
        if offline:
            words, message = "Offline", OFFLINE
        return PlayerState(player.name, label, words, player.needs, message)

    whole = "Whole songs if this browser is logged in to Spotify, else 30 seconds"
    connected = ("Connected", None) if is_logged_in else ("Not connected", _LOG_IN)
    return [
        state(deezer.DeezerPlayer, "Deezer previews", "30 seconds of each song, no account"),
        state(BrowserPlayer, "Spotify previews", whole),
        state(SpotifyPlayer, "My Spotify", *connected),
    ]


def _local_player(songs: dict[Mood, int], unsorted: int, error: str) -> PlayerState:
    total = sum(songs.values())
    words = f"{total:,} {'song' if total == 1 else 'songs'}" if total else "No songs yet"
    return PlayerState(
        LocalPlayer.name, "My music", words, LocalPlayer.needs, error or None, total, unsorted
    )


def _chosen(states: list[PlayerState], is_logged_in: bool, has_every_mood: bool) -> PlayerState:
    """The player that the user chose, else the best that is set up."""
    ready = {each.name: each for each in states if each.ready}
    better = {"spotify": is_logged_in, "local": has_every_mood, "deezer": True}
    names = [load().player, *(name for name, is_set_up in better.items() if is_set_up)]
    return next((ready[name] for name in names if name in ready), states[-1])


def _library() -> tuple[dict[Mood, int], int, str]:
    """The number of songs of each mood and of no mood, and what the library still needs."""
    try:
        with open_library() as library:
            songs = library.counts()
            unsorted = len(library) - sum(songs.values())
    except MusicalFaceError as error:
        return {}, 0, str(error)
    if any(songs.values()):
        return songs, unsorted, ""
    return songs, unsorted, _SORT if unsorted else _ADD_MUSIC
