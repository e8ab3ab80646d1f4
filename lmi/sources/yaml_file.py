"""YAML files that people edit: every value knows its line, and a mistake names file, line, place and
what is accepted."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import yaml

from lmi.domain.errors import BadFile

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_VALUES = 20_000  # aliases of aliases grow without end
_LARGEST = 1e12
_MOST_LISTED = 40


class Entry:
    """One value of a YAML file with the place where it stands. typed: a plain value as it was typed."""

    def __init__(self, file: str, path: str, line: int, value: object, typed: str = "") -> None:
        self.file, self.path, self.line, self.value, self.typed = file, path, line, value, typed

    def refuse(self, found: str, accepted: str) -> NoReturn:
        """Raise BadFile for this place."""
        place = f"{self.file}, line {self.line}" + (f", {self.path}" if self.path else "")
        raise BadFile(f"{place}: {found}", f"Accepted: {accepted}.", "Correct that line and save the file.")

    def fields(self, known: Iterable[str]) -> dict[str, "Entry"]:
        """The entries of a mapping; refuses anything else and any key not in `known`."""
        names = list(known)
        if not isinstance(self.value, dict):
            self.refuse("a list or plain value stands here.", f"a mapping with {', '.join(names)}")
        for key, entry in self.value.items():
            if key not in names:
                near = get_close_matches(str(key), names, 1)
                hint = f"; did you mean '{near[0]}'?" if near else "."
                entry.refuse(f"unknown key '{key}'{hint}", ", ".join(names))
        return self.value

    def need(self, key: str, known: Iterable[str]) -> "Entry":
        """The entry under a key that must be there."""
        found = self.fields(known).get(key)
        if found is None:
            self.refuse(f"'{key}' is missing.", f"'{key}' with a value")
        return found

    def entries(self) -> list["Entry"]:
        """The entries of a list (an empty value is an empty list)."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            self.refuse(f"'{self._shown()}' is not a list.", "a list, one item a line, each after '- '")
        return self.value

    def text(self, pattern: str = r"(?s).*", accepted: str = "text") -> str:
        """A text value, on one line, that matches the pattern in full."""
        value = "" if self.value is None else self.value
        if not isinstance(value, str):
            self.refuse(f"{self._shown()} is not text.", f"{accepted}, in quotes if it looks like a number")
        flat = " ".join(value.split())
        if re.fullmatch(pattern, flat) is None:
            self.refuse(f"'{flat}' is not {accepted}.", accepted)
        return flat

    def choice(self, options: Iterable[str]) -> str:
        """A text value that is one of the options; a code without quotes (06) stays as typed."""
        names = list(options)
        value = self.typed or self._shown()
        if value not in names:
            near = get_close_matches(value, names, 1, cutoff=0.3)
            hint = f" (nearest: {near[0]})" if near else ""
            few = names if len(names) <= _MOST_LISTED else get_close_matches(value, names, 5, cutoff=0)
            rest = f", … ({len(names)} in all)" if len(few) < len(names) else ""
            self.refuse(f"'{value[:80]}' is not known{hint}.", ", ".join(few) + rest)
        return value

    def number(self, low: float = float("-inf"), high: float = float("inf")) -> float:
        """A number within bounds; true and false are not numbers."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not _fits(value, low, high):
            bounds = f" from {low:g} to {high:g}" if high < float("inf") else f" of {low:g} or more"
            self.refuse(
                f"{self._shown()} is not valid.", "a number" + (bounds if low > float("-inf") else "")
            )
        return float(value)

    def boolean(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            self.refuse(f"{self._shown()} is not valid.", "true or false")
        return self.value

    def _shown(self) -> str:
        kinds = {dict: "a mapping", list: "a list", type(None): "nothing"}
        return kinds.get(type(self.value)) or str(self.value)[:80]


def _fits(value: float, low: float, high: float) -> bool:
    """Whether a number lies within bounds and is small enough to reckon with."""
    return low <= value <= high and abs(value) <= _LARGEST


def loader_for(text: str) -> Any:
    """The quickest loader whose marks count every character (libyaml leaves out a byte order mark)."""
    return yaml.SafeLoader if text.startswith("\ufeff") else _LOADER


def load(path: Path) -> Entry:
    """The whole file as an Entry; BadFile if it cannot be read or is not YAML, or a key stands twice."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadFile(f"{path.name} is missing.", f"Expected at {path}.", "Restore the file.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8 text.", f"{error}.", "Save it as UTF-8.") from error
    except OSError as error:
        raise BadFile(
            f"{path.name} cannot be read.", f"{error.strerror or error} ({path}).", "Check its permissions."
        ) from error
    return parse(text, path.name)


@lru_cache(maxsize=8)
def parse(text: str, name: str) -> Entry:
    """A text as an Entry, which nobody changes; BadFile if it is not YAML, or a key stands twice. name: of
    the file it is for. The last few are kept: an editor asks for the same text at every turn."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        if node is not None:
            return _entry(node, name, "", frozenset(), count())
    except RecursionError as error:
        raise BadFile(
            f"{name} is nested too deeply.", "A few levels were expected.", "Correct the file."
        ) from error
    except UnicodeEncodeError as error:
        raise BadFile(
            f"{name} holds half a character.", "Text was expected.", "Take it out, or type it anew."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not readable"
        raise BadFile(
            f"{name}{line}: not valid YAML.", f"{problem}.", "Correct that line and save the file."
        ) from error
    raise BadFile(f"{name} is empty.", "Settings were expected.", "Restore the file.")


def _entry(node: yaml.Node, file: str, path: str, above: frozenset[int], made: Iterator[int]) -> Entry:
    line = node.start_mark.line + 1
    if id(node) in above:
        Entry(file, path, line, None).refuse("an alias contains itself.", "no recursive aliases")
    if next(made) > _MOST_VALUES:
        Entry(file, "", line, None).refuse(
            "aliases repeat too much.", f"at most {_MOST_VALUES:,} values, aliases written out"
        )
    inside = above | {id(node)}
    value: object
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Entry] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                Entry(file, path, key_node.start_mark.line + 1, None).refuse("a key is no text.", "a name")
            key = str(key_node.value)
            here = f"{path}.{key}" if path else key
            if key in mapping:
                Entry(file, here, key_node.start_mark.line + 1, None).refuse("the key stands twice.", "one")
            child = _entry(value_node, file, here, inside, made)
            mapping[key] = Entry(file, here, key_node.start_mark.line + 1, child.value, child.typed)
        value = mapping
    elif isinstance(node, yaml.SequenceNode):
        value = [_entry(item, file, f"{path}[{i + 1}]", inside, made) for i, item in enumerate(node.value)]
    else:
        value = _scalar(node)
    return Entry(file, path, line, value, node.value if isinstance(node, yaml.ScalarNode) else "")


def _scalar(node: yaml.Node) -> object:
    """A scalar as null, boolean, number or text; dates stay text as typed."""
    tag = node.tag.rsplit(":", 1)[-1]
    if tag == "null":
        return None
    if tag == "bool":
        return node.value.lower() in {"true", "yes", "on"}
    if tag in {"int", "float"}:
        try:
            return float(node.value) if tag == "float" else int(node.value)
        except ValueError:
            return node.value
    return node.value
