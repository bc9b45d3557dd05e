"""What `look` and `songs` share: which songs are chosen, and that they are remembered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from ..mood import Mood
from ..songs import History, Pick, Taste, choose_songs, open_catalog, shift_songs

Choose = Callable[[Mood], list[Pick]]


@dataclass(frozen=True)
class Wish:
    """How many songs, from where, and whereto; a seed gives the same songs again."""

    count: int
    seed: int | None
    catalog: Path | None
    toward: Mood | None


@contextmanager
def choosing(wish: Wish) -> Iterator[Choose]:
    """Songs for a mood, none of them chosen in the last days.

    With a seed the history is neither read nor written. Raises what `open_catalog`
    and `choose_songs` raise.
    """
    remembered = nullcontext() if wish.seed is not None else History()
    with open_catalog(wish.catalog) as catalog, remembered as history:

        def choose(mood: Mood) -> list[Pick]:
            taste = Taste(heard=history.lately() if history else frozenset())
            if wish.toward in (None, mood):
                picks = choose_songs(catalog, mood, wish.count, wish.seed, taste)
            else:
                picks = shift_songs(catalog, mood, wish.toward, wish.count, wish.seed, taste)
            if history:
                history.add(pick.song for pick in picks)
            return picks

        yield choose
