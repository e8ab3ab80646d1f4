"""The forms of the pathway editor: what is typed becomes a list of changes, and nothing is written here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from lmi.domain.codes import POSTAL_BY_FIPS
from lmi.domain.pathways import KINDS, STAGES, UNCHECKED, Move, Pathway, PathwayMap
from lmi.sources import pathways_edit as edit
from lmi.sources.pathway_values import LONGEST_MONTHS
from lmi.ui.state import View

KIND_NAMES = {"advance": "Advance: to the same or a later stage", "lateral": "Lateral: within a stage"}
SIDES = {"after": "after the job at the right", "before": "before the job at the right"}
Changes = Sequence[edit.Change]
Told = Callable[[Changes, str], None]


def _titled(view: View, socs: Sequence[str]) -> dict[str, str]:
    return {soc: f"{view.desk.titles[soc]} ({soc})" for soc in socs}


def _stages(view: View) -> dict[str, str]:
    return {stage: view.word(f"stage_{stage}") for stage in STAGES}


def change_step(view: View, pathway: Pathway, tell: Told) -> None:
    """Another stage or note for a job; retire it, or bring a retired one back."""
    known = _titled(view, [step.soc for step in pathway.steps])
    soc = st.selectbox("Job", list(known), key="w_step", format_func=lambda s: known.get(s, s))
    step = next((s for s in pathway.steps if s.soc == soc), pathway.steps[0])
    mark = f"{pathway.id}-{step.soc}"
    if step.status == "retired":
        st.text("This job is retired: it is kept for the record and not shown.")
        if st.button("Bring it back", key=f"restore-{mark}"):
            tell([edit.RestoreStep(pathway.id, step.soc)], f"{known[step.soc]} brought back")
        return
    stages = _stages(view)
    with st.form(f"step-{mark}"):
        left, right = st.columns([1, 2])
        stage = left.selectbox(
            "Stage",
            STAGES,
            index=STAGES.index(step.stage),
            key=f"stage-{mark}",
            format_func=lambda i: stages[i],
        )
        text = right.text_input("Note", step.note, max_chars=300, key=f"step-note-{mark}")
        save, retire = st.columns(2)
        saved = save.form_submit_button("Apply", type="primary")
        gone = retire.form_submit_button("Retire this job and its moves")
    if saved:
        tell([edit.ChangeStep(pathway.id, step.soc, stage, text)], f"{known[step.soc]} changed")
    elif gone:
        tell([edit.RetireStep(pathway.id, step.soc)], f"{known[step.soc]} retired")


def add_step(view: View, held: PathwayMap, pathway: Pathway, titles: Mapping[str, str], tell: Told) -> None:
    """A new job together with its first move, without which it would stand alone."""
    there = {step.soc for step in pathway.steps}
    others = _titled(view, [step.soc for step in pathway.live_steps])
    stages, mark = _stages(view), f"new-{pathway.id}"
    with st.form(f"add-{mark}"):
        soc = st.selectbox(
            "New job", [s for s in titles if s not in there], key=f"soc-{mark}", index=None,
            format_func=lambda s: f"{titles.get(s, s)} ({s})", placeholder="Type a job title",
        )  # fmt: skip
        left, middle, right = st.columns(3)
        stage = left.selectbox("Stage", STAGES, key=f"stage-{mark}", format_func=lambda i: stages[i])
        side = middle.selectbox("It stands", list(SIDES), key=f"side-{mark}", format_func=lambda i: SIDES[i])
        other = right.selectbox(
            "Joined to", list(others), key=f"other-{mark}", format_func=lambda i: others[i]
        )
        move = _fields(held, Move("", "", "advance"), mark)
        saved = st.form_submit_button("Add", type="primary")
    if not saved:
        return
    if soc is None:
        st.error("Choose the new job first.")
        return
    ends = (other, soc) if side == "after" else (soc, other)
    step = edit.AddStep(pathway.id, soc, stage)
    tell([step, edit.AddMove(pathway.id, Move(*ends, **move))], f"{titles[soc]} ({soc}) added")


def change_move(view: View, held: PathwayMap, pathway: Pathway, tell: Told) -> None:
    """What a move takes and who has confirmed it; retire it, or bring a retired one back."""
    socs = {step.soc for step in pathway.steps}
    crossing = [m for m in held.crossovers if socs & set(m.pair)]
    places = {m.pair: (pathway.id, m) for m in pathway.moves} | {m.pair: ("", m) for m in crossing}
    if not places:
        st.text("This pathway has no moves yet.")
        return
    names = {pair: _arrow(view, pair) for pair in places}
    pair = st.selectbox(
        "Move", list(places), key=f"w_move-{pathway.id}", format_func=lambda p: names.get(p, str(p))
    )
    where, move = places.get(pair, next(iter(places.values())))
    mark = f"{where}-{move.start}-{move.goal}"
    if move.retired:
        st.text("This move is retired: it is kept for the record, not shown and not suggested again.")
        if st.button("Bring it back", key=f"restore-{mark}"):
            tell([edit.RestoreMove(where, *move.pair)], f"{names[move.pair]} brought back")
        return
    with st.form(f"move-{mark}"):
        values = _fields(held, move, mark) | _validation(move, mark)
        save, retire = st.columns(2)
        saved = save.form_submit_button("Apply", type="primary")
        gone = retire.form_submit_button("Retire this move")
    if saved:
        values["months"] = values["months"] or ()
        tell([edit.ChangeMove(where, *move.pair, **values)], f"{names[move.pair]} changed")
    elif gone:
        tell([edit.RetireMove(where, *move.pair)], f"{names[move.pair]} retired")


def add_move(view: View, held: PathwayMap, pathway: Pathway, tell: Told) -> None:
    """A new arrow inside the pathway, or across to another one."""
    own = [step.soc for step in pathway.live_steps]
    every = _titled(view, list(dict.fromkeys([*own, *held.stages])))
    mark = f"arrow-{pathway.id}"
    with st.form(f"add-{mark}"):
        left, right = st.columns(2)
        start = left.selectbox("From", list(every), key=f"from-{mark}", format_func=lambda i: every[i])
        goal = right.selectbox(
            "To", list(every), index=min(1, len(every) - 1), key=f"to-{mark}", format_func=lambda i: every[i]
        )
        move = _fields(held, Move("", "", "advance"), mark)
        saved = st.form_submit_button("Add", type="primary")
    if saved:
        where = pathway.id if {start, goal} <= set(own) else ""
        tell([edit.AddMove(where, Move(start, goal, **move))], f"{_arrow(view, (start, goal))} added")


def _arrow(view: View, pair: tuple[str, str]) -> str:
    return " → ".join(f"{view.desk.titles[soc]} ({soc})" for soc in pair)


def _fields(held: PathwayMap, move: Move, mark: str) -> dict:
    """The fields of a move. What no source states is marked as unchecked, so that the page can say so."""
    one, two, three = st.columns([1.4, 1, 1])
    kind = one.selectbox(
        "Kind", KINDS, index=KINDS.index(move.kind), key=f"kind-{mark}", format_func=lambda i: KIND_NAMES[i]
    )
    low, high = move.months or (None, None)
    typed = [
        place.number_input(
            f"Months, at {word}", 0.0, float(LONGEST_MONTHS), value, 1.0, key=f"{end}-{mark}", format="%g"
        )
        for place, word, value, end in ((two, "least", low, "low"), (three, "most", high, "high"))
    ]
    months = tuple(m for m in typed if m is not None)
    one, two, three = st.columns([1.4, 1.4, 0.6])
    credential = one.text_input(
        "Credential earned on the way", move.credential, max_chars=160, key=f"cred-{mark}"
    )
    licence = two.text_input("License the law asks for", move.license, max_chars=160, key=f"lic-{mark}")
    states = ["", *sorted(POSTAL_BY_FIPS.values())]
    state = three.selectbox(
        "Whose rule", states, index=states.index(move.state), key=f"state-{mark}",
        format_func=lambda s: s or "the nation's",
    )  # fmt: skip
    sources, open_ = _backing(held, move, mark)
    text = st.text_input("Note", move.note, max_chars=300, key=f"note-{mark}")
    given = [name for name, value in zip(UNCHECKED, (months, credential, licence), strict=True) if value]
    return {
        "kind": kind, "months": (months * 2 if len(months) == 1 else months) or None,
        "credential": credential, "license": licence, "state": state if licence else "",
        "sources": tuple(sources), "note": text,
        "unchecked": tuple(name for name in given if name in open_ or not sources),
    }  # fmt: skip


def _backing(held: PathwayMap, move: Move, mark: str) -> tuple[list[str], list[str]]:
    """Which sources state what was entered, and which of it stands in none of them."""
    known = held.source_by_id
    sources = st.multiselect(
        "Sources that state it", list(known), [s for s in move.sources if s in known], key=f"src-{mark}",
        format_func=lambda i: f"{known[i].publisher}: {known[i].title}", placeholder="None",
    )  # fmt: skip
    open_ = st.multiselect(
        "Not checked in a source", list(UNCHECKED), list(move.unchecked), key=f"open-{mark}",
        help="Without any source, everything entered above is marked so.", placeholder="None",
    )  # fmt: skip
    return sources, open_


def _validation(move: Move, mark: str) -> dict:
    """Who confirmed the move, and when."""
    one, two, three = st.columns([1, 1, 2])
    status = one.selectbox(
        "Status", ["proposed", "validated"], index=int(move.status == "validated"), key=f"status-{mark}"
    )
    before = date.fromisoformat(move.validated_on) if move.validated_on else None
    day = two.date_input("Validated on", before, key=f"day-{mark}")
    names = three.text_area(
        "Organizations, one a line", "\n".join(move.organisations), key=f"orgs-{mark}", height=68
    )
    if status == "proposed":
        return {"status": status, "validated_on": "", "organisations": ()}
    firms = tuple(line.strip() for line in names.splitlines() if line.strip())
    return {"status": status, "validated_on": day.isoformat() if day else "", "organisations": firms}
