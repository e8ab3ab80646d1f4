"""The fields of a move in a form, and what was typed into them."""

import streamlit as st

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.pathways import KINDS, UNCHECKED, Move, PathwayMap
from lmi.sources.pathway_values import LONGEST_MONTHS
from lmi.ui import pathway_draft

KIND_NAMES = {"advance": "Advance: to the same or a later stage", "lateral": "Lateral: within a stage"}


def draw(held: PathwayMap, move: Move, mark: str) -> None:
    """Kind, time, credential, license, sources and note of a move. mark: the end of the fields' keys."""
    one, two, three = st.columns([1.4, 1, 1])
    one.selectbox(
        "Kind", KINDS, index=KINDS.index(move.kind), key=f"kind-{mark}", format_func=lambda i: KIND_NAMES[i]
    )
    low, high = move.months or (None, None)
    for place, word, value, end in ((two, "least", low, "low"), (three, "most", high, "high")):
        odd = value is not None and not value.is_integer()
        place.number_input(
            f"Months, at {word}", 0, LONGEST_MONTHS, None if odd or value is None else int(value), 1,
            key=f"{end}-{mark}", placeholder=f"{value:g}" if odd else None,
            help=f"The file says {value:g}: left empty, that stays." if odd else None,
        )  # fmt: skip
    one, two, three = st.columns([1.4, 1.4, 0.6])
    one.text_input("Credential earned on the way", move.credential, max_chars=160, key=f"cred-{mark}")
    two.text_input("License the law asks for", move.license, max_chars=160, key=f"lic-{mark}")
    states = ["", *sorted(POSTAL_BY_FIPS.values())]
    three.selectbox(
        "Whose rule", states, index=states.index(move.state), key=f"state-{mark}",
        format_func=lambda s: s or "the nation's",
    )  # fmt: skip
    known = held.source_by_id
    st.multiselect(
        "Sources that state it", list(known), [s for s in move.sources if s in known], key=f"src-{mark}",
        format_func=lambda i: f"{known[i].publisher}: {known[i].title}", placeholder="None",
    )  # fmt: skip
    st.multiselect(
        "Not checked in a source", list(UNCHECKED), list(move.unchecked), key=f"open-{mark}",
        help="Without any source, everything entered above is marked so.", placeholder="None",
    )  # fmt: skip
    st.text_input("Note", move.note, max_chars=300, key=f"note-{mark}")


def entered(move: Move, mark: str) -> dict | None:
    """What was typed, as the values of a move; None, and the reason kept, if the months are the wrong way
    round. What no source states is marked as unchecked, so that the page can say so."""

    def typed(name: str) -> str:
        return str(st.session_state[f"{name}-{mark}"])

    months = _months(move, mark)
    if months and months[0] > months[1]:
        pathway_draft.refuse([f"'Months, at least' is {months[0]:g}, more than 'at most', {months[1]:g}."])
        return None
    sources = tuple(st.session_state[f"src-{mark}"])
    open_ = st.session_state[f"open-{mark}"]
    credential, licence = typed("cred"), typed("lic")
    given = [name for name, value in zip(UNCHECKED, (months, credential, licence), strict=True) if value]
    unchecked = tuple(name for name in given if name in open_ or not sources)
    return {
        "kind": typed("kind"), "months": months, "credential": credential, "license": licence,
        "state": typed("state") if licence else "", "sources": sources, "note": typed("note"),
        "unchecked": move.unchecked if set(unchecked) == set(move.unchecked) else unchecked,
    }  # fmt: skip


def _months(move: Move, mark: str) -> tuple[float, float] | None:
    """Whole numbers as typed; a fraction of the file stays where nothing was typed in its place."""
    found = []
    for name, old in zip(("low", "high"), move.months or (None, None), strict=True):
        value: float | None = st.session_state[f"{name}-{mark}"]
        if value is None and old is not None and not old.is_integer():
            value = old
        if value is not None:
            found.append(value)
    return (found[0], found[-1]) if found else None
