"""Draws a mood curve as an SVG: the four moods as areas over the time of the video."""

from collections.abc import Iterator
from itertools import accumulate
from xml.sax.saxutils import escape

from ..face.mood_curve import CurvePoint, MoodCurve
from ..mood import MOODS
from .annotate import COLOURS
from .video_time import clock

_WIDTH, _HEIGHT = 960, 320
_LEFT, _TOP, _RIGHT, _BOTTOM = 24, 56, 96, 40
_TICKS = 4
_PAGE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" \
font-family="system-ui, sans-serif" font-size="14">
<style>
svg {{ background: #fff; fill: #1c1e22 }}
@media (prefers-color-scheme: dark) {{ svg {{ background: #16181c; fill: #e8eaee }} }}
</style>
<title>{title}</title>
<text x="{left}" y="32" font-size="17" font-weight="600">{title}</text>
{content}
</svg>
"""


def draw_curve(curve: MoodCurve, title: str) -> str:
    """The text of an SVG file; times without a readable face are empty."""
    content = [*_areas(curve), *_axis(curve), *_legend(curve)]
    return _PAGE.format(
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        title=escape("".join(c for c in title if c.isprintable())),
        content="\n".join(content),
    )


def _areas(curve: MoodCurve) -> Iterator[str]:
    runs = list(_runs(curve))
    for index, mood in enumerate(MOODS):
        path = "".join(_area(run, index, curve) for run in runs)
        yield f'<path fill="{COLOURS[mood]}" d="{path}"/>'


def _runs(curve: MoodCurve) -> Iterator[list[CurvePoint]]:
    """Points with a readable face that follow each other."""
    run: list[CurvePoint] = []
    for point in curve.points:
        if point.clear:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _area(run: list[CurvePoint], index: int, curve: MoodCurve) -> str:
    """A closed path between the sums of the moods before and after one; each point lasts a step."""
    sums = [[0.0, *accumulate(p.clear.moods.as_dict().values())] for p in run if p.clear]
    sums.append(sums[-1])
    xs = [_x(point.at, curve) for point in run] + [_x(run[-1].at + curve.step, curve)]
    upper = [f"{x:.1f} {_y(s[index + 1]):.1f}" for x, s in zip(xs, sums, strict=True)]
    lower = [f"{x:.1f} {_y(s[index]):.1f}" for x, s in zip(xs, sums, strict=True)]
    return f"M{'L'.join([*upper, *reversed(lower)])}Z"


def _axis(curve: MoodCurve) -> Iterator[str]:
    for tick in range(_TICKS + 1):
        at = curve.seconds * tick / _TICKS
        anchor = "start" if not tick else "end" if tick == _TICKS else "middle"
        x, y = _x(at, curve), _HEIGHT - _BOTTOM + 24
        yield f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{clock(at)}</text>'


def _legend(curve: MoodCurve) -> Iterator[str]:
    """The name and the average of each mood, beside the areas in their order."""
    average = curve.moods.as_dict() if curve.readings else dict.fromkeys(MOODS, 0.0)
    gap = (_HEIGHT - _TOP - _BOTTOM) / len(MOODS)
    for index, mood in enumerate(MOODS):
        y = _HEIGHT - _BOTTOM - gap * (index + 0.5)
        x = _WIDTH - _RIGHT + 12
        yield f'<rect x="{x}" y="{y - 12:.0f}" width="12" height="12" fill="{COLOURS[mood]}"/>'
        yield f'<text x="{x + 18}" y="{y:.0f}">{mood}</text>'
        yield f'<text x="{x + 18}" y="{y + 18:.0f}" opacity="0.7">{average[mood]:.0%}</text>'


def _x(at: float, curve: MoodCurve) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * min(1.0, at / curve.seconds)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * min(1.0, share)
