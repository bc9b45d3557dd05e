"""History endpoints: moods and heard songs, and the votes of the face."""

from starlette.datastructures import State

from .. import stored_settings
from ..errors import InputError
from ..players import link
from ..songs import History
from .history_file import MAX_URL
from .json_body import Document, get_flag, get_text
from .song_parsing import song_of

_EVIDENCE = ("listeners", "lyrics", "person", "tag", "sound", "sound and lyrics")


def get_history(state: State, _: Document) -> Document:
    """`GET /api/history`: the moods, each with the songs that were heard."""
    return {
        "history": state.session_history.entries(),
        "kept": stored_settings.load().history,
        "message": state.session_history.message or None,
    }


def post_heard(state: State, body: Document) -> Document:
    """`POST /api/history`: adds a song that has played for some seconds."""
    song = song_of(body)
    url = None if song.file_id else link(song)
    heard = {
        "artist": song.artist,
        "title": song.title,
        "url": url if url and len(url) <= MAX_URL else None,
    }
    state.session_history.add_heard(heard, song.mood.value)
    return {}


def delete_history(state: State, _: Document) -> Document:
    """`DELETE /api/history`: deletes the history, here and in the week's, and all reactions."""
    with History() as history:
        history.forget(state.session_history.oldest)
    state.session_history.forget()
    state.reaction_votes.forget()
    return get_history(state, {})


def post_reaction(state: State, body: Document) -> Document:
    """`POST /api/reactions`: the vote of a face on a song, for this session."""
    artist, evidence = get_text(body, "artist"), get_text(body, "evidence", "")
    if evidence and evidence not in _EVIDENCE:
        raise InputError(f"Unknown evidence {evidence!r}. Choose {', '.join(_EVIDENCE)}.")
    if "likes" not in body:
        raise InputError("'likes' must be true or false.")
    if stored_settings.load().reactions:
        state.reaction_votes.add(artist, evidence, get_flag(body, "likes"))
    return {}
