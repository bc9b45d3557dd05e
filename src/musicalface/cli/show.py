"""What the commands show a person."""

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
from .streams import printable

COLOURS = {Mood.ANGRY: "red", Mood.HAPPY: "yellow", Mood.RELAXED: "green", Mood.SAD: "blue"}
_BAR = 18
_SIDE_BY_SIDE = 70
_NUMBER = len("1,000,000")
_EIGHTHS = " ▏▎▍▌▋▊▉"


def face(title: str, reading: Reading, console: Console) -> None:
    """Seven expression bars beside four mood bars, and the mood."""
    console.print(Text(title, "bold"), soft_wrap=True)
    if reading.quality.problem:
        console.print(Text(f"  cannot be read: {reading.quality.problem}", "italic"))
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
    console.print(verdict(reading.moods))


def expression_bars(expressions: Mapping[str, float], console: Console) -> Table:
    """A bar for each expression, in the colour of its mood."""
    colours = {name: COLOURS[MOOD_OF[Expression(name)]] for name in expressions}
    return _bars(expressions, colours, console)


def mood_bars(moods: MoodScores, console: Console) -> Table:
    """A bar for each mood."""
    colours = {mood.value: colour for mood, colour in COLOURS.items()}
    return _bars(moods.as_dict(), colours, console)


def verdict(moods: MoodScores, verb: str = "looks") -> Text:
    """The mood in words, or that none is a clear winner."""
    if moods.sure:
        return Text.assemble(f"  {verb} ", (moods.mood.value, f"bold {COLOURS[moods.mood]}"))
    (first, p), (second, q) = sorted(moods.as_dict().items(), key=lambda item: -item[1])[:2]
    return Text(f"  not sure: {first} {p:.0%}, {second} {q:.0%}", "italic")


def contents(moods: Mapping[Mood, Contents], facts: Mapping[str, str], console: Console) -> None:
    """A row for each mood and one for all, and how the catalog was made."""
    table = Table(box=None, pad_edge=False)
    table.add_column("", min_width=len(Mood.RELAXED))
    for name in ("songs", "by listeners", "by words", "played", "with Spotify id"):
        table.add_column(name, justify="right", min_width=_NUMBER)
    for mood, row in moods.items():
        table.add_row(Text(mood.value, COLOURS[mood]), *(f"{count:,}" for count in row))
    totals = (sum(column) for column in zip(*moods.values(), strict=True))
    table.add_row("all", *(f"{count:,}" for count in totals))
    # A number that is cut is another number: in a small window lines wrap.
    console.print(table, crop=False)
    for name, value in facts.items():
        if value:
            console.print(Text(f"{name}: {value}"), soft_wrap=True)


def heading(mood: Mood, picks: Sequence[Pick], toward: Mood | None = None) -> str:
    """How many songs, of what."""
    noun = "song" if len(picks) == 1 else "songs"
    if toward and toward is not mood:
        return f"{len(picks)} {noun} from {mood.value} to {toward.value}"
    return f"{len(picks)} {mood.value} {noun}"


def songs(mood: Mood, picks: Sequence[Pick], console: Console, toward: Mood | None = None) -> None:
    """The songs, each with its link on a line of its own, so that no terminal cuts it."""
    console.print(Text(heading(mood, picks, toward), f"bold {COLOURS[mood]}"))
    for number, pick in enumerate(picks, start=1):
        sure = pick.song.moods.as_dict()[pick.song.mood]
        console.print(
            Text.assemble(
                (f"{number:>3}  ", "dim"),
                (pick.song.artist, "bold"),
                f" · {pick.song.title}",
                (f"  {sure:.0%}", COLOURS[pick.song.mood]),
            ),
            soft_wrap=True,
        )
        console.print(Text(f"     {_where(pick.song)}", "dim"), soft_wrap=True)
    if picks:
        console.print(Text(f"     Why these? For each, {_reasons(picks)}.", "italic dim"))


def _where(song: Song) -> str:
    return printable(str(song.file)) if song.file else link(song)


def _reasons(picks: Sequence[Pick]) -> str:
    return " or ".join(dict.fromkeys(pick.why for pick in picks))


def _bars(values: Mapping[str, float], colours: Mapping[str, str], console: Console) -> Table:
    table = Table.grid(padding=(0, 1))
    for name, value in values.items():
        bar = _bar(value) if console.encoding.startswith("utf") else "#" * round(value * _BAR)
        table.add_row(Text(name, "dim"), Text(f"{bar:<{_BAR}}", colours[name]), f"{value:>4.0%}")
    return table


def _bar(share: float) -> str:
    whole, eighths = divmod(round(share * _BAR * 8), 8)
    return "█" * whole + (_EIGHTHS[eighths] if eighths else "")
