"""A control chart of estimates: each as a share of what was counted, with centre and limits.

The line at 100 % is what was counted. A point beyond a limit is a diamond and says its share, one
between them is a dot; without enough points there are no limits to draw, and the chart says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tablebank.charts.easel import Label, Place, bare, drawn, label, placed, thinned
from tablebank.charts.ink import Ink

LEFT, RIGHT, TOP, CHART, FOOT = 52, 18, 22, 190, 34


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One comparison: estimate over counted, None where that cannot be told."""

    label: str
    share: float | None
    is_signal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The centre line and the natural limits."""

    centre: float
    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlWords:
    """What the chart says, in the reader's language, and how it writes a share."""

    counted: str
    centre: str
    limit: str
    too_few: str
    percent: Callable[[float], str]


def control_picture(
    shares: Sequence[Share],
    limits: Limits | None,
    words: ControlWords,
    *,
    ink: Ink,
    width_px: int,
    outlines: bool = False,
) -> bytes:
    """The chart of one table as SVG."""

    def draw(figure: Figure) -> None:
        width = width_px - LEFT - RIGHT
        axes = placed(figure, Place(left=LEFT, top=TOP, width=width, height=CHART))
        bare(axes, ink)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: words.percent(share)))
        axes.set_xlim(-0.6, max(len(shares), 2) - 0.4)
        axes.axhline(1, color=ink.quiet, linewidth=1)
        known = [(at, each) for at, each in enumerate(shares) if each.share is not None]
        for at, each in known:
            axes.plot(
                [at],
                [each.share or 0.0],
                "D" if each.is_signal else "o",
                color=ink.needs if each.is_signal else ink.accent,
                markersize=6 if each.is_signal else 4,
            )
            if each.is_signal:
                what = Label(text=words.percent(each.share or 0.0), colour=ink.needs, is_above=True)
                label(axes, (at, each.share or 0.0), what, ink)
        _lines(axes, limits, words, ink, last=max(len(shares), 2) - 0.5)
        axes.set_xticks(*thinned([each.label for each in shares], width_px=width))

    return drawn(draw, width_px=width_px, height_px=TOP + CHART + FOOT, outlines=outlines)


def _lines(
    axes: Axes, limits: Limits | None, words: ControlWords, ink: Ink, *, last: float
) -> None:
    """Centre and limits with their words at the right edge; without them, that they are missing."""
    counted = Label(text=words.counted, colour=ink.quiet, is_above=True)
    label(axes, (last, 1), counted, ink)
    if limits is None:
        axes.text(
            0, 1, words.too_few, transform=axes.transAxes, color=ink.quiet, va="bottom", ha="left"
        )
        return
    axes.axhline(limits.centre, color=ink.accent, linewidth=1)
    below = Label(text=words.centre, colour=ink.accent, is_above=limits.centre > 1)
    label(axes, (last, limits.centre), below, ink)
    for share, is_above in ((limits.upper, True), (limits.lower, False)):
        axes.axhline(share, color=ink.quiet, linewidth=1, linestyle="--")
        what = Label(text=words.limit, colour=ink.quiet, is_above=is_above)
        label(axes, (last, share), what, ink)
