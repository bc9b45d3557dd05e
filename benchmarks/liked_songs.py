"""How often liked songs are chosen: the number among ten songs of a mood.

    python benchmarks/liked_songs.py [--seeds 25]

The liked songs are drawn like others, from the songs that can play for the mood. Mean over
the four moods and the seeds.
"""

import argparse

import musicalface as mf
from musicalface.identity import song_key
from musicalface.mood import MOODS, Mood
from musicalface.songs import Catalog, Pick, Preferences

LIKED = (5, 20, 50)
OTHER_SEEDS = 10_000  # the liked songs are drawn with other seeds than the measured lists


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seeds", type=int, default=25)
    seeds = range(options.parse_args().seeds)
    with mf.open_catalog() as catalog:
        for count in LIKED:
            shares = [chosen(catalog, mood, count, seeds) for mood in MOODS]
            print(f"{count:3} liked songs of a mood: {sum(shares) / len(shares):.1f} of ten")


def chosen(catalog: Catalog, mood: Mood, count: int, seeds: range) -> float:
    """Returns the mean number of liked songs among ten."""
    liked = frozenset(liked_songs(catalog, mood, count))
    found = 0
    for seed in seeds:
        preferences = Preferences(favourites=liked)
        picks = mf.choose_songs(catalog, mood, seed=seed, preferences=preferences)
        found += sum(key(pick) in liked for pick in picks)
    return found / len(seeds)


def liked_songs(catalog: Catalog, mood: Mood, count: int) -> list[str]:
    """Returns the keys of `count` songs of a mood."""
    keys: dict[str, None] = {}
    seed = OTHER_SEEDS
    while len(keys) < count:
        keys |= dict.fromkeys(key(pick) for pick in mf.choose_songs(catalog, mood, seed=seed))
        seed += 1
    return list(keys)[:count]


def key(pick: Pick) -> str:
    """Returns the key of a song, as likes have it."""
    return song_key(pick.song.artist, pick.song.title)


if __name__ == "__main__":
    main()
