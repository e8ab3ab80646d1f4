"""The forms for the jobs of a pathway: what is typed becomes a list of changes, nothing is written here."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lmi.domain.pathways import STAGES, Move, Pathway, PathwayMap, Step
from lmi.sources import pathways_edit as edit
from lmi.ui import pathway_draft, pathway_fields
from lmi.ui.state import View

SIDES = {"after": "after the job at the right", "before": "before the job at the right"}
Changes = Sequence[edit.Change]
Told = Callable[[Changes, str], None]


def marked(place: str, value: object) -> str:
    """The end of a form's keys: another one once the value has changed, so that what was typed for an
    earlier state never stands for the present one."""
    return f"{place}-{hashlib.sha256(repr(value).encode('utf-8', 'replace')).hexdigest()[:6]}"


def titled(view: View, socs: Sequence[str]) -> dict[str, str]:
    """Occupations as a form lists them: SOC code -> title and code."""
    return {soc: f"{view.desk.titles[soc]} ({soc})" for soc in socs}


def _stages(view: View) -> dict[str, str]:
    return {stage: view.word(f"stage_{stage}") for stage in STAGES}


def change_step(view: View, pathway: Pathway, tell: Told) -> None:
    """Another stage or note for a job; retire it, or bring a retired one back."""
    known = titled(view, [step.soc for step in pathway.steps])
    soc = st.selectbox("Job", list(known), key="w_step", format_func=lambda s: known.get(s, s))
    step = next((s for s in pathway.steps if s.soc == soc), pathway.steps[0])
    name, mark = known[step.soc], marked(f"{pathway.id}-{step.soc}", step)
    if step.status == "retired":
        st.text("This job is retired: it is kept for the record and not shown.")
        back = [edit.RestoreStep(pathway.id, step.soc)]
        st.button("Bring it back", key=f"restore-{mark}", on_click=tell, args=(back, f"{name} brought back"))
        return
    stages = _stages(view)
    with st.form(f"step-{mark}"):
        left, right = st.columns([1, 2])
        left.selectbox(
            "Stage", STAGES, index=STAGES.index(step.stage), key=f"stage-{mark}",
            format_func=lambda i: stages[i],
        )  # fmt: skip
        right.text_input("Note", step.note, max_chars=300, key=f"step-note-{mark}")
        save, retire = st.columns(2)
        save.form_submit_button(
            "Apply", type="primary", on_click=_changed, args=(pathway, step, mark, name, tell)
        )
        gone = [edit.RetireStep(pathway.id, step.soc)]
        retire.form_submit_button(
            "Retire this job and its moves", on_click=tell, args=(gone, f"{name} retired")
        )


def _changed(pathway: Pathway, step: Step, mark: str, name: str, tell: Told) -> None:
    """Callback: only what differs is changed, so that it can be made on another person's file too."""
    stage, text = st.session_state[f"stage-{mark}"], str(st.session_state[f"step-note-{mark}"])
    words = [
        word for word, new, old in (("stage", stage, step.stage), ("note", text, step.note)) if new != old
    ]
    change = edit.ChangeStep(
        pathway.id, step.soc, None if stage == step.stage else stage, None if text == step.note else text
    )
    tell([change], f"{name} changed: {', '.join(words)}")


def add_step(view: View, held: PathwayMap, pathway: Pathway, titles: Mapping[str, str], tell: Told) -> None:
    """A new job together with its first move, without which it would stand alone."""
    there = {step.soc for step in pathway.steps}
    others = titled(view, [step.soc for step in pathway.live_steps])
    stages, mark = _stages(view), marked(f"new-{pathway.id}", pathway.steps)
    with st.form(f"add-{mark}"):
        st.selectbox(
            "New job", [s for s in titles if s not in there], key=f"soc-{mark}", index=None,
            format_func=lambda s: f"{titles.get(s, s)} ({s})", placeholder="Type a job title",
        )  # fmt: skip
        left, middle, right = st.columns(3)
        left.selectbox("Stage", STAGES, key=f"stage-{mark}", format_func=lambda i: stages[i])
        middle.selectbox("It stands", list(SIDES), key=f"side-{mark}", format_func=lambda i: SIDES[i])
        right.selectbox("Joined to", list(others), key=f"other-{mark}", format_func=lambda i: others[i])
        pathway_fields.draw(held, Move("", "", "advance"), mark)
        st.form_submit_button("Add", type="primary", on_click=_added, args=(pathway, titles, mark, tell))


def _added(pathway: Pathway, titles: Mapping[str, str], mark: str, tell: Told) -> None:
    """Callback: the job and its move."""
    soc, stage, side, other = (
        st.session_state[f"{part}-{mark}"] for part in ("soc", "stage", "side", "other")
    )
    if soc is None:
        pathway_draft.refuse(["Choose the new job first."])
        return
    values = pathway_fields.entered(Move("", "", "advance"), mark)
    if values is None:
        return
    ends = (other, soc) if side == "after" else (soc, other)
    new: Changes = [edit.AddStep(pathway.id, soc, stage), edit.AddMove(pathway.id, Move(*ends, **values))]
    tell(new, f"{titles[soc]} ({soc}) added")
