"""Text output of the commands: readings, moods, songs and catalogs."""

import re
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..face import Reading
from ..mood import MOOD_OF, Expression, Mood, MoodScores
from ..players import link
from ..songs import Pick, Song
from ..songs.catalog import Contents
from .stdio import printable

COLOURS = {Mood.ANGRY: "red", Mood.HAPPY: "yellow", Mood.RELAXED: "green", Mood.SAD: "blue"}
_BAR = 18
_SIDE_BY_SIDE = 70
_NUMBER = len("1,000,000")
_EIGHTHS = " ▏▎▍▌▋▊▉"


def print_reading(title: str, reading: Reading, console: Console) -> None:
    """Prints seven expression bars next to four mood bars, and the mood."""
    console.print(Text(title, "bold"), soft_wrap=True)
    if reading.quality.problem:
        console.print(Text(f"  not readable: {reading.quality.problem}", "italic"))
        return
    expressions = expression_bars(reading.expressions, console)
    moods = mood_bars(reading.moods, console)
    columns = Table.grid(padding=(0, 4))
    if console.width >= _SIDE_BY_SIDE:
        columns.add_row(expressions, moods)
    else:
        columns.add_row(expressions)
        columns.add_row(moods)
    console.print(Padding(columns, (0, 0, 0, 2), expand=False))
    console.print(mood_sentence(reading.moods))


def expression_bars(expressions: Mapping[str, float], console: Console) -> Table:
    """One bar per expression, in the colour of its mood."""
    colours = {name: COLOURS[MOOD_OF[Expression(name)]] for name in expressions}
    return _bars(expressions, colours, console)


def mood_bars(moods: MoodScores, console: Console) -> Table:
    """One bar per mood."""
    colours = {mood.value: colour for mood, colour in COLOURS.items()}
    return _bars(moods.as_dict(), colours, console)


def mood_sentence(moods: MoodScores, verb: str = "looks") -> Text:
    """A line with the mood, or with the two most likely moods if none is clear."""
    if moods.sure:
        return Text.assemble(f"  {verb} ", (moods.mood.value, f"bold {COLOURS[moods.mood]}"))
    (first, p), (second, q) = sorted(moods.as_dict().items(), key=lambda item: -item[1])[:2]
    return Text(f"  not sure: {first} {p:.0%}, {second} {q:.0%}", "italic")


def print_contents(
    moods: Mapping[Mood, Contents], facts: Mapping[str, str], console: Console
) -> None:
    """Prints a row per mood, the totals, and how the catalog was built."""
    table = Table(box=None, pad_edge=False)
    table.add_column("", min_width=len(Mood.RELAXED))
    for name in ("songs", "by listeners", "by lyrics", "played", "with Spotify id"):
        table.add_column(name, justify="right", min_width=_NUMBER)
    for mood, row in moods.items():
        table.add_row(Text(mood.value, COLOURS[mood]), *(f"{count:,}" for count in row))
    totals = (sum(column) for column in zip(*moods.values(), strict=True))
    table.add_row("all", *(f"{count:,}" for count in totals))
    # Wrap lines in a narrow terminal; a truncated number would be a wrong number.
    console.print(table, crop=False)
    for name, value in facts.items():
        if value:
            console.print(Text(f"{name}: {value}"), soft_wrap=True)


def heading(mood: Mood, picks: Sequence[Pick], toward: Mood | None = None) -> str:
    """A heading with the number of songs and their mood, or both moods of a transition."""
    noun = "song" if len(picks) == 1 else "songs"
    if toward and toward is not mood:
        return f"{len(picks)} {noun} from {mood.value} to {toward.value}"
    return f"{len(picks)} {mood.value} {noun}"


def print_songs(
    mood: Mood, picks: Sequence[Pick], console: Console, toward: Mood | None = None
) -> None:
    """Prints the songs under a heading."""
    console.print(Text(heading(mood, picks, toward), f"bold {COLOURS[mood]}"))
    print_picks(picks, console)


def print_picks(picks: Sequence[Pick], console: Console, times: Sequence[str] = ()) -> None:
    """Prints the songs, each with its link on a separate line so that it isn't truncated.

    `times` has a time to print before each song.
    """
    for number, pick in enumerate(picks, start=1):
        sure = pick.song.moods.as_dict()[pick.song.mood]
        console.print(
            Text.assemble(
                (f"{number:>3}  ", "dim"),
                (f"{times[number - 1]}  " if times else "", "dim"),
                (pick.song.artist, "bold"),
                f" · {pick.song.title}",
                (f"  {sure:.0%}", COLOURS[pick.song.mood]),
            ),
            soft_wrap=True,
        )
        console.print(Text(f"     {_location(pick.song)}", "dim"), soft_wrap=True)
    if picks:
        console.print(Text(f"     {_explanation(picks)}", "italic dim"))


def _location(song: Song) -> str:
    return printable(str(song.file)) if song.file else link(song)


def _explanation(picks: Sequence[Pick]) -> str:
    """For example "Why these songs? Listeners tag them as happy."."""
    reasons = "; ".join(dict.fromkeys(pick.why for pick in picks))
    reasons = reasons[:1].upper() + reasons[1:]
    if len(picks) == 1:
        return f"Why this song? {reasons}."
    reasons = re.sub(r"\bits\b", "their", re.sub(r"\bit\b", "them", reasons))
    return f"Why these songs? {reasons}."


def _bars(values: Mapping[str, float], colours: Mapping[str, str], console: Console) -> Table:
    table = Table.grid(padding=(0, 1))
    for name, value in values.items():
        bar = _bar(value) if console.encoding.startswith("utf") else "#" * round(value * _BAR)
        table.add_row(Text(name, "dim"), Text(f"{bar:<{_BAR}}", colours[name]), f"{value:>4.0%}")
    return table


def _bar(share: float) -> str:
    whole, eighths = divmod(round(share * _BAR * 8), 8)
    return "█" * whole + (_EIGHTHS[eighths] if eighths else "")
