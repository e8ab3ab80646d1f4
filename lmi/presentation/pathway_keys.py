"""The legend of a pathway map: every form that occurs, drawn small, and its meaning in words."""

from dataclasses import dataclass
from typing import Literal

from lmi.presentation.frame import Canvas
from lmi.presentation.pathway_arrows import HEAD, look
from lmi.presentation.pathway_boxes import draw_mark
from lmi.presentation.pathway_sheet import Sheet
from lmi.presentation.pathway_words import PROPOSED, SUGGESTED, VALIDATED, Arrow, Story
from lmi.presentation.text import block_height, joined, measure, wrap
from lmi.presentation.theme import CONTEXT, LAND, PAPER, TEXT

SAMPLE = 27  # width of a sample, in desk pixels
_ROOM = 6  # between a sample and its words
_APART = 15  # between two keys

Form = Literal["demand", "goal", "foreign", "line", "head", "move"]


@dataclass(frozen=True)
class Key:
    """A form and what it means. state: of a mark of demand. arrow: whose line ('line'), head ('head') or
    both ('move') are shown."""

    form: Form
    words: str
    state: bool | None = None
    arrow: Arrow | None = None


@dataclass(frozen=True)
class Keys:
    """Keys as set: (key, its lines, pixels from the left, pixels from the top); height of it all."""

    spots: tuple[tuple[Key, tuple[str, ...], float, float], ...]
    height: float


def keys_of(story: Story, canvas: Canvas) -> list[Key]:
    """What the map needs explained: only what occurs on it."""
    keys = []
    if story.detail.demand:
        states = {job.in_demand for job in story.jobs}
        keys += [Key("demand", story.demand_words(s), s) for s in (True, False, None) if s in states]
    if any(job.target for job in story.jobs):
        keys.append(Key("goal", "Goal of the pathway"))
    if any(job.foreign for job in story.jobs):
        keys.append(Key("foreign", "On another pathway"))
    for status in (VALIDATED, PROPOSED, SUGGESTED):
        if any(arrow.status == status for arrow in story.arrows):
            keys.append(Key("line", story.status_words(status), arrow=_sketch(status, "advance")))
    if any(arrow.lateral for arrow in story.arrows):
        for kind in ("advance", "lateral"):
            if kind == "lateral" or any(not arrow.lateral for arrow in story.arrows):
                keys.append(Key("head", story.words[f"reading_{kind}"], arrow=_sketch(VALIDATED, kind)))
    return keys


def _sketch(status: str, kind: str) -> Arrow:
    """An arrow of a status and kind without anything else."""
    return Arrow("", "", status, kind, kind, None, "", None, "", "", (), False)


def place_keys(keys: list[Key], canvas: Canvas) -> Keys:
    """Keys one after the other, on a new line where the narrowest screen asks for it."""
    size, u = canvas.sizes.tick, canvas.u
    x, y, tall = 0.0, 0.0, 0.0
    spots = []
    for key in keys:
        before = (_sample(key) + _ROOM) * u
        lines = wrap(key.words, canvas.text_width - before, size)
        width = before + max((measure(line, size) for line in lines), default=0)
        if x and x + width > canvas.text_width:
            x, y, tall = 0.0, y + tall + 5 * u, 0.0
        spots.append((key, tuple(lines), x, y))
        tall = max(tall, block_height(len(lines), size))
        x += width + _APART * u
    return Keys(tuple(spots), y + tall if keys else 0.0)


def _sample(key: Key) -> int:
    return {"demand": 10, "line": SAMPLE, "move": SAMPLE, "head": 16}.get(key.form, 20)


def draw_keys(sheet: Sheet, keys: Keys, canvas: Canvas, *, left: float, below: float) -> None:
    """Write the keys under the plot. left: its margin; below: pixels from its lower edge to the first."""
    size, u = canvas.sizes.tick, canvas.u
    for key, lines, x, down in keys.spots:
        at, top = canvas.pad - left + x, below + down
        draw_sample(sheet, key, at, top + size * 0.58, canvas, y=0)
        sheet.add_annotation(
            name="key", text=joined(list(lines)), showarrow=False, borderpad=0, align="left",
            xref="paper", x=0, xanchor="left", xshift=at + (_sample(key) + _ROOM) * u, yref="paper", y=0,
            yanchor="top", yshift=-top, font={"size": size, "color": TEXT},
        )  # fmt: skip


def draw_sample(sheet: Sheet, key: Key, left: float, down: float, canvas: Canvas, *, y: int) -> None:
    """The form itself, from its left end, around a line `down` pixels under the plot's edge y (0 or 1)."""
    u = canvas.u
    common = {
        "name": "key" if key.form != "move" else "lead", "xref": "paper", "xsizemode": "pixel", "xanchor": 0,
        "yref": "paper", "ysizemode": "pixel", "yanchor": y,
    }  # fmt: skip
    wide = _sample(key) * u
    if key.form == "demand":
        draw_mark(sheet, key.state, 0, (left + 5 * u, down), canvas, y=y)
    elif key.form in ("goal", "foreign"):
        goal = key.form == "goal"
        sheet.add_shape(
            type="rect", x0=left + u, x1=left + wide - u, y0=-down - 6 * u, y1=-down + 6 * u,
            fillcolor=PAPER if goal else LAND,
            line={"color": TEXT if goal else CONTEXT, "width": (3.5 if goal else 1.25) * u}, **common,
        )  # fmt: skip
    elif key.arrow:
        style = look(key.arrow, canvas)
        tip = left + wide
        back = tip - HEAD * u if key.form != "line" else tip
        line = {"dash": style.dash, "color": style.colour, "width": style.width}
        sheet.add_shape(type="line", x0=left, x1=back, y0=-down, y1=-down, line=line, **common)
        if key.form != "line":
            half = HEAD * 0.55 * u
            corners = f"M{tip:.2f},{-down:.2f}L{back:.2f},{half - down:.2f}L{back:.2f},{-half - down:.2f}Z"
            sheet.add_shape(
                type="path", path=corners, fillcolor=PAPER if key.arrow.lateral else style.colour,
                line={"color": style.colour, "width": 1.4 * u}, **common,
            )  # fmt: skip
