"""Where charts are drawn: matplotlib's figures, one at a time, set down as the same SVG every time.

The library keeps state of its own while it draws and says that it is not safe among threads; so one
picture is drawn after the other, each in some hundredths of a second.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from tablebank.charts.ink import Ink

PX = 1 / 96
"""A pixel of a page, in the inches a figure is measured in."""
SMALL, PLAIN = 9.0, 10.5
"""Type of 12 and 14 pixels, in points."""

_ONE_AT_A_TIME = Lock()


def _how(*, outlines: bool) -> Any:
    """The library's settings while it draws; a dollar sign begins no formula."""
    return {
        "svg.fonttype": "path" if outlines else "none",
        "svg.hashsalt": "tablebank",
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"] if outlines else ["system-ui", "DejaVu Sans"],
        "font.size": SMALL,
        "text.parse_math": False,
    }


@contextmanager
def _drawing(*, outlines: bool) -> Iterator[None]:
    with _ONE_AT_A_TIME, mpl.rc_context(_how(outlines=outlines)):
        yield


def drawn(
    draw: Callable[[Figure], None], *, width_px: int, height_px: int, outlines: bool = False
) -> bytes:
    """The SVG of what `draw` puts on an empty figure, the same for the same.

    `outlines`: letters as shapes, for paper, where the reader's own type is not at hand.
    """
    with _drawing(outlines=outlines):
        figure = Figure(figsize=(width_px * PX, height_px * PX))
        FigureCanvasSVG(figure)
        draw(figure)
        out = io.BytesIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    return out.getvalue()


def bare(axes: Axes, ink: Ink) -> None:
    """An axes with nothing but small quiet labels and hairlines, and its zero line in sight."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=ink.quiet, labelsize=SMALL, length=0, pad=4)
    axes.grid(visible=True, axis="y", color=ink.line, linewidth=0.75)
    axes.set_axisbelow(True)
    axes.margins(x=0.04, y=0.15)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A rectangle of a figure in pixels, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


def placed(figure: Figure, place: Place) -> Axes:
    """An axes in just this rectangle: what stands beside it is given its room beforehand."""
    width_px, height_px = (inches / PX for inches in figure.get_size_inches())
    return figure.add_axes(
        (
            place.left / width_px,
            1 - (place.top + place.height) / height_px,
            place.width / width_px,
            place.height / height_px,
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """What is written beside a mark, and over or under it."""

    text: str
    colour: str
    is_above: bool


def label(axes: Axes, at: tuple[float, float], what: Label, ink: Ink) -> None:
    """A direct label at the end of a line; what runs behind it does not run through it.

    It stands on the side where there is room: the names of the scale are left of the axes.
    """
    first, last = axes.get_xlim()
    axes.annotate(
        what.text,
        xy=at,
        xytext=(0, 5 if what.is_above else -5),
        textcoords="offset points",
        ha="left" if at[0] <= (first + last) / 2 else "right",
        va="bottom" if what.is_above else "top",
        color=what.colour,
        fontsize=SMALL,
        annotation_clip=False,
        bbox={"facecolor": ink.ground, "edgecolor": "none", "pad": 1, "alpha": 0.8},
        zorder=5,
    )


def thinned(labels: Sequence[str], *, width_px: float) -> tuple[list[int], list[str]]:
    """The places and words of as many labels as there is room for, the last among them."""
    most = max(1, int(width_px // 46))
    step = -(-len(labels) // most)
    places = [at for at in range(len(labels)) if (len(labels) - 1 - at) % step == 0]
    return places, [labels[at] for at in places]
