"""Changing single values of a YAML text, every other byte kept.

A round trip through a YAML library moves comments that stand before the next key, joins lines that people
broke, and ends lines anew. So the text is cut only where a value stands; afterwards it is read again, and
unless exactly that value changed, the change is refused."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from lmi.domain.errors import BadFile, BadInput
from lmi.sources import yaml_file
from lmi.sources.yaml_file import Entry

Value = str | float | Sequence[str] | Sequence[float]
Place = tuple[str | int, ...]  # keys and positions from the top: ("pathways", 0, "steps", 2)
# Keys whose text is a code or a word of the file's own: written without quotes where YAML takes it as text.
_CODES = {
    "soc",
    "stage",
    "status",
    "from",
    "to",
    "kind",
    "state",
    "validated_on",
    "sources",
    "unchecked",
    "date",
}
_BREAKS = re.compile("[\r\n\x85\u2028\u2029]|\\Z")  # where YAML ends a line


class LineEdit:
    """A text with changes to come. top: what it says now. BadFile if it is not YAML."""

    def __init__(self, text: str, name: str) -> None:
        self.top, self.name = yaml_file.parse(text, name), name
        self._text, self._cuts = text, list[tuple[int, int, str]]()
        self._newline = "\r\n" if re.match(r"[^\n]*\r\n", text) else "\n"
        self._wanted = _data(self.top)
        try:
            self._root = yaml.compose(text, Loader=yaml_file.loader_for(text))
        except (yaml.YAMLError, RecursionError) as error:
            raise self._refusal() from error

    def put(self, place: Place, values: Mapping[str, Value | None], order: Sequence[str]) -> None:
        """Give keys of a mapping new values; None takes a key out. order: in which the keys belong."""
        node, wanted = self._node(place), _at(self._wanted, place)
        there = {str(key.value): (key, value) for key, value in node.value}
        kept = [key for key in there if key not in values or values[key] is not None]
        for key, value in values.items():
            if value is None:
                if key in there:
                    self._take_out(node, key)
                    del wanted[key]
            elif key in there:
                self._replace(*there[key], key, value)
                wanted[key] = _plain(value)
            else:
                self._insert(node, kept, order, key, _written(key, value))
                wanted[key] = _plain(value)

    def append(
        self,
        place: Place,
        key: str,
        item: Mapping[str, Value],
        order: Sequence[str],
        flow: bool,
        comment: str = "",
    ) -> None:
        """Put a mapping at the end of the list under a key, in the style of the item before it.

        flow: the style in a list that is empty or not there. comment: for the end of its first line.
        """
        node = self._node(place)
        parts = next((pair for pair in node.value if pair[0].value == key), None)
        if parts is not None and parts[1].value and isinstance(parts[1], yaml.SequenceNode):
            self._append_to(parts[1], item, comment)
        elif node.flow_style:
            text = f"[{_flow(item)}]"
            if parts is None:
                self._insert(node, None, order, key, text)
            else:
                self._replace_text(parts[0], parts[1], text)
        else:
            column = node.start_mark.column
            lines = self._item(item, column + 2, flow, comment)
            if parts is None:
                self._insert(node, None, order, key, lines)
            else:
                self._cut(parts[0].end_mark.index, self._end(parts[1]), ":")
                self._cut_in(self._line_end(self._end(parts[1])), lines)
        wanted = _at(self._wanted, place)
        wanted[key] = [*(wanted.get(key) or []), {name: _plain(value) for name, value in item.items()}]

    def text(self) -> str:
        """The changed text. BadInput where it would say anything else than the old one with its changes."""
        out, done = [], 0
        for start, end, new in sorted(self._cuts, key=lambda cut: cut[0]):
            out += [self._text[done:start], new]
            done = max(done, end)
        changed = "".join(out) + self._text[done:]
        try:
            same = _data(yaml_file.parse(changed, self.name)) == self._wanted
        except BadFile as error:
            raise self._refusal() from error
        if not same:
            raise self._refusal()
        return changed

    def _refusal(self) -> BadInput:
        return BadInput(
            f"{self.name} cannot be changed here.",
            "That place is written in a way that only a person can change, such as with an anchor or alias.",
            "Change it in a text editor.",
        )

    def _node(self, place: Place) -> Any:
        node: Any = self._root
        for part in place:
            node = (
                node.value[part]
                if isinstance(part, int)
                else next(v for k, v in node.value if k.value == part)
            )
        return node

    def _cut(self, start: int, end: int, new: str) -> None:
        self._cuts.append((start, end, new))

    def _cut_in(self, at: int, new: str) -> None:
        self._cuts.append((at, at, new))

    def _line_end(self, index: int) -> int:
        found = _BREAKS.search(self._text, index)
        return found.start() if found else len(self._text)

    def _end(self, node: Any) -> int:
        """Where a value ends; the parser lets a block end only where the next thing begins."""
        if isinstance(node, yaml.ScalarNode):
            end = int(node.end_mark.index)
            return len(self._text[:end].rstrip()) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _replace(self, key_node: Any, value: Any, key: str, new: Value) -> None:
        quoted = isinstance(value, yaml.ScalarNode) and value.style in ("'", '"')
        self._replace_text(key_node, value, _written("" if quoted else key, new))

    def _replace_text(self, key_node: Any, value: Any, new: str) -> None:
        start, end = value.start_mark.index, self._end(value)
        if value.start_mark.line != key_node.end_mark.line:
            self._cut(key_node.end_mark.index, end, f": {new}")
        else:
            self._cut(start, end, f" {new}" if self._text[start - 1] == ":" else new)

    def _insert(
        self, node: Any, kept: Sequence[str] | None, order: Sequence[str], key: str, new: str
    ) -> None:
        """A new key after the last of those that belong before it. kept: the keys that will stay."""
        ends = {str(k.value): self._end(v) for k, v in node.value if kept is None or k.value in kept}
        before = [name for name in ends if name in order and order.index(name) < order.index(key)]
        at = ends[max(before, key=order.index) if before else list(ends)[-1]]
        if node.flow_style:
            self._cut_in(at, f", {key}: {new}")
        else:
            gap = "" if new.startswith(("\r", "\n")) else " "
            line = f"{self._newline}{' ' * node.start_mark.column}{key}:{gap}{new}"
            self._cut_in(self._line_end(at), line)

    def _take_out(self, node: Any, key: str) -> None:
        names = [k.value for k, _ in node.value]
        i = names.index(key)
        key_node, value = node.value[i]
        if i == 0:
            self._cut(key_node.start_mark.index, node.value[1][0].start_mark.index, "")
        elif node.flow_style:
            self._cut(self._end(node.value[i - 1][1]), self._end(value), "")
        else:
            start = key_node.start_mark.index - key_node.start_mark.column
            end = self._line_end(self._end(value))
            self._cut(start, end + (2 if self._text[end : end + 2] == "\r\n" else 1), "")

    def _append_to(self, listed: Any, item: Mapping[str, Value], comment: str) -> None:
        last = listed.value[-1]
        if listed.flow_style:
            self._cut_in(self._end(last), ", " + _flow(item))
        else:
            lines = self._item(item, listed.start_mark.column, bool(last.flow_style), comment)
            self._cut_in(self._line_end(self._end(last)), lines)

    def _item(self, item: Mapping[str, Value], column: int, flow: bool, comment: str) -> str:
        """The lines of a new item, each with the line break before it."""
        lines = [_flow(item)] if flow else [f"{key}: {_written(key, value)}" for key, value in item.items()]
        if comment:
            lines[0] += f"  # {comment}"
        first, other = self._newline + " " * column + "- ", self._newline + " " * (column + 2)
        return first + other.join(lines)


def _flow(item: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{key}: {_written(key, value)}" for key, value in item.items()) + "}"


def _written(key: str, value: Value) -> str:
    """A value as YAML on one line."""
    if isinstance(value, str):
        return value if key in _CODES and _is_plain(value) else quoted(value)
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else yaml.safe_dump(float(value)).splitlines()[0]
    return "[" + ", ".join(_written(key, part) for part in value) + "]"


def _is_plain(text: str) -> bool:
    """Whether YAML reads the text without quotes as that very text: not so for no, 12 or null."""
    return (
        re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text) is not None
        and yaml_file.parse(text, "").value == text
    )


def quoted(text: str) -> str:
    """Any text in double quotes, on one line; what cannot be seen is written as its number."""

    def shown(letter: str) -> str:
        code = ord(letter)
        if letter == " " or letter.isprintable():
            return letter
        return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"

    return "".join(shown(letter) for letter in json.dumps(text, ensure_ascii=False))


def _plain(value: Value) -> object:
    return value if isinstance(value, str | int | float) else list(value)


def _at(data: Any, place: Place) -> Any:
    for part in place:
        data = data[part]
    return data


def _data(entry: Entry) -> Any:
    """What an entry says, without places."""
    if isinstance(entry.value, dict):
        return {key: _data(part) for key, part in entry.value.items()}
    return [_data(part) for part in entry.value] if isinstance(entry.value, list) else entry.value
