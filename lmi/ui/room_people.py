"""What the people of a room are called wherever one of them is chosen."""

from collections.abc import Mapping

from lmi.analysis.room import Room


def labels(room: Room) -> Mapping[str, str]:
    """Participant, also one set aside -> name and organization, no two alike; in the order of joining."""
    return told_apart({p.id: f"{p.name or '(deleted)'}, {room.organisation_of[p.id]}" for p in room.joined})


def told_apart(words: Mapping[str, str]) -> dict[str, str]:
    """The same by id, with '(2)' and so on after words that stand there before: Streamlit tells what was
    chosen by its words alone. More words at the end change none of those before."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for key, text in words.items():
        each, number = text, 1
        while each in used:
            number += 1
            each = f"{text} ({number})"
        used.add(each)
        found[key] = each
    return found
