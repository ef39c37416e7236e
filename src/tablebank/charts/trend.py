"""The course of a window by the hour: win/loss, the trays' change, fills and credits below.

One small panel for each course, its marks labelled directly. A gap stands where nothing is known:
no line runs through it. What is estimated is dashed, a count is solid; a dot stands where every
table was counted within the hour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tablebank.charts.easel import PLAIN, Label, Place, bare, drawn, label, placed, thinned
from tablebank.charts.ink import Ink

LEFT, RIGHT, TITLE, COURSE, GAP, SLIPS, HOURS = 68, 12, 30, 128, 10, 44, 34
"""The parts of a panel, in pixels."""
LEAST_RANGE_CENTS = 400
PANEL_PX = TITLE + COURSE + GAP + SLIPS + HOURS


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One hour: what is known by its end in whole cents, None where it is not known."""

    label: str
    win_loss_cents: int | None
    is_estimate: bool
    before_drop_cents: int | None
    fills_cents: int
    credits_cents: int
    is_fresh: bool
    """Whether every table was counted within the hour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One course under its name."""

    title: str
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendWords:
    """What the chart says, in the reader's language, and how it writes an amount in cents."""

    win_loss: str
    tray_change: str
    fills: str
    credits: str
    nothing: str
    money: Callable[[int], str]


def trend_chart(
    panels: Sequence[Panel], words: TrendWords, *, ink: Ink, width_px: int, outlines: bool = False
) -> bytes:
    """The panels as one SVG: the first across, the others two abreast where there is room."""
    abreast = 2 if width_px >= 700 and len(panels) > 1 else 1
    lines = 1 + -(-(len(panels) - 1) // abreast) if panels else 1

    def draw(figure: Figure) -> None:
        for index, panel in enumerate(panels):
            line = 0 if index == 0 else 1 + (index - 1) // abreast
            column = 0 if index == 0 else (index - 1) % abreast
            room = width_px if index == 0 else width_px / abreast
            left, top, width = column * room + LEFT, line * PANEL_PX + TITLE, room - LEFT - RIGHT
            above = placed(figure, Place(left=left, top=top, width=width, height=COURSE))
            below = placed(
                figure, Place(left=left, top=top + COURSE + GAP, width=width, height=SLIPS)
            )
            _course(above, panel, words, ink)
            _slips(below, panel, words, ink)
            below.set_xlim(above.get_xlim())
            below.set_xticks(*thinned([each.label for each in panel.points], width_px=width))

    return drawn(draw, width_px=width_px, height_px=PANEL_PX * lines, outlines=outlines)


def _course(axes: Axes, panel: Panel, words: TrendWords, ink: Ink) -> None:
    bare(axes, ink)
    axes.set_title(panel.title, loc="left", color=ink.strong, fontsize=PLAIN, fontweight="bold")
    axes.axhline(0, color=ink.quiet, linewidth=1)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda cents, _: words.money(round(cents))))
    axes.tick_params(labelbottom=False)
    axes.set_xlim(-0.6, len(panel.points) - 0.4)
    change = [each.before_drop_cents for each in panel.points]
    win = [each.win_loss_cents for each in panel.points]
    if not any(each is not None for each in (*change, *win)):
        axes.set_yticks([0])
        axes.text(
            0.5,
            0.5,
            words.nothing,
            transform=axes.transAxes,
            ha="center",
            va="bottom",
            color=ink.quiet,
        )
        return
    unclear = Label(text=words.tray_change, colour=ink.quiet, is_above=False)
    _line(axes, change, unclear, ink)
    result = Label(text=words.win_loss, colour=ink.accent, is_above=True)
    _line(axes, win, result, ink, dashed=[each.is_estimate for each in panel.points])
    fresh = [
        (at, each.win_loss_cents)
        for at, each in enumerate(panel.points)
        if each.is_fresh and each.win_loss_cents is not None
    ]
    axes.plot(
        [at for at, _ in fresh], [cents for _, cents in fresh], "o", color=ink.accent, markersize=4
    )
    _make_room(axes)


def _make_room(axes: Axes) -> None:
    """A scale of at least four dollars: its names are whole ones, none of them twice."""
    low, high = axes.get_ylim()
    lacking = LEAST_RANGE_CENTS - (high - low)
    if lacking > 0:
        axes.set_ylim(low - lacking / 2, high + lacking / 2)


def _line(
    axes: Axes,
    cents: Sequence[int | None],
    what: Label,
    ink: Ink,
    *,
    dashed: Sequence[bool] = (),
) -> None:
    """A line from hour to hour where both are known; what stands alone is a short dash."""
    width = 2 if what.colour == ink.accent else 1
    known = {at: each for at, each in enumerate(cents) if each is not None}
    for at, one in known.items():
        before = known.get(at - 1)
        if before is not None:
            style = "--" if dashed and dashed[at] else "-"
            ends = [float(before), float(one)]
            axes.plot([at - 1, at], ends, color=what.colour, linewidth=width, linestyle=style)
        elif at + 1 not in known:
            ends = [float(one), float(one)]
            axes.plot([at - 0.15, at + 0.15], ends, color=what.colour, linewidth=width)
    if known:
        label(axes, list(known.items())[-1], what, ink)


def _slips(axes: Axes, panel: Panel, words: TrendWords, ink: Ink) -> None:
    """Fills up, credits down from one zero line: chips to the tables, and from them."""
    bare(axes, ink)
    axes.grid(visible=False)
    axes.axhline(0, color=ink.quiet, linewidth=1)
    for at, each in enumerate(panel.points):
        if each.fills_cents:
            axes.bar(at, each.fills_cents, width=0.5, color=ink.estimate)
        if each.credits_cents:
            axes.bar(at, -each.credits_cents, width=0.5, facecolor="none", edgecolor=ink.estimate)
    most = max((max(each.fills_cents, each.credits_cents) for each in panel.points), default=0)
    axes.set_ylim(-most * 1.2 or -1, most * 1.2 or 1)
    axes.set_yticks([most / 2 or 0.5, -most / 2 or -0.5], [words.fills, words.credits])
