"""What coordinators do with comments: publish, answer, hide, delete personal data, export."""

import json
from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from lmi.contributions import comments, opened
from lmi.contributions.store import Store
from lmi.contributions.typed import new_token
from lmi.domain.comments import (
    COLUMNS,
    FORGET,
    LONGEST_ANSWER,
    PERSONAL,
    Comment,
    Person,
    Review,
    as_json,
)
from lmi.presentation.tables import csv_bytes
from lmi.ui import access, comment_list, loaders
from lmi.ui.comment_state import Seen
from lmi.ui.state import View
from lmi.ui.widgets import heading, note, unmarked

TOGETHER = 10  # cards that are shown at once
_SAID, _TOKENS = "_review_said", "_review_tokens"
_DID = {"publish": "published it", "answer": "published it with an answer", "hide": "hid it",
        FORGET: "deleted name and e-mail"}  # fmt: skip
_DONE = {"publish": "published", "answer": "published with the answer", "hide": "hidden",
         FORGET: "name and e-mail are deleted"}  # fmt: skip


def said() -> None:
    """What became of the last decision; said once."""
    done, words = st.session_state.pop(_SAID, (True, ""))
    if words:
        (st.success if done else st.error)(unmarked(words))


def card(view: View, comment: Comment, who: Mapping[str, Person]) -> None:
    """One comment with who wrote it, what was decided so far, and the form to decide."""
    with st.container(border=True, key=f"comment-card-{comment.id}"):
        st.html(f'<div class="lmi-comments">{comment_list.article(view, comment)}</div>')
        _person(comment, who.get(comment.id))
        for review in comment.reviews:
            note(_line(review))
        _decide(comment, comment.id in who)


def _line(review: Review) -> str:
    who = review.by[:1].upper() + review.by[1:]
    return f"{who} {_DID.get(review.decision, review.decision)}, {review.at[:16].replace('T', ' ')} UTC."


def _person(comment: Comment, person: Person | None) -> None:
    """Name and e-mail, as far as they were given and are still there."""
    if person is None:
        deleted = " were deleted." if comment.forgotten else " were not given."
        note(f"Reference {comment.reference}. Name and e-mail{deleted}")
        return
    note(f"Reference {comment.reference}. Written by:")
    st.text(" · ".join(part for part in (person.name, person.email) if part))


def _decide(comment: Comment, with_person: bool) -> None:
    turn = f"{comment.id}-{comment.last}"
    before = comment.decided.answer if comment.decided else ""
    if not before:
        before = next((r.answer for r in reversed(comment.reviews) if r.answer), "")
    with st.form(f"review-{turn}", border=False):
        st.text_area(
            f"Answer (if any), shown with the comment; at most {LONGEST_ANSWER:,} characters", before,
            key=f"answer-{turn}", height=90,
        )  # fmt: skip
        with st.container(horizontal=True):
            for decision, label in (("publish", "Publish"), ("hide", "Hide")):
                st.form_submit_button(
                    label, on_click=_review, args=(comment, decision), key=f"{decision}-{turn}",
                    type="primary" if decision == "publish" and comment.status == "held" else "secondary",
                )  # fmt: skip
            if with_person:
                sure = f"sure-{turn}"
                st.form_submit_button("Delete name and e-mail", on_click=_forget, args=(comment,),
                                      key=f"forget-{turn}")  # fmt: skip
                st.checkbox("Yes, delete them for good", key=sure)


def _review(comment: Comment, decision: str) -> None:
    """Callback: publish, with the answer if there is one, or hide."""
    answer = str(st.session_state.get(f"answer-{comment.id}-{comment.last}", "")).strip()
    what = "answer" if decision == "publish" and answer else decision

    def write(store: Store) -> None:
        comments.review(
            store, comment.id, what, access.who(), _token(comment, what), answer=answer, seen=comment.last
        )

    _do(comment, _DONE[what], write)


def _forget(comment: Comment) -> None:
    """Callback: delete name and e-mail, once that is confirmed."""
    if not st.session_state.get(f"sure-{comment.id}-{comment.last}"):
        st.session_state[_SAID] = (False, "Tick 'Yes, delete them for good' first.")
        return
    _do(
        comment,
        _DONE[FORGET],
        lambda store: comments.forget(store, comment.id, access.who(), _token(comment, FORGET)),
    )


def _do(comment: Comment, done: str, write: Callable[[Store], object]) -> None:
    refused = access.refusal(lambda: write(opened.store()))
    said = refused or f"{comment.organisation}, {comment.reference}: {done}."
    st.session_state[_SAID] = (not refused, said)


def _token(comment: Comment, what: str) -> str:
    """One token for each thing that can be done with a comment as it stands: two clicks do it once."""
    tokens: dict[tuple[str, int, str], str] = st.session_state.setdefault(_TOKENS, {})
    return tokens.setdefault((comment.id, comment.last, what), new_token())


def people() -> dict[str, Person]:
    """Who wrote which comment; nothing for a reader."""
    return comments.people(opened.store()) if access.allowed() else {}


def exports(seen: Seen) -> None:
    """The comments of every status as CSV and JSON, with names only if they are asked for."""
    heading("Export")
    named = st.checkbox("With names and e-mail addresses", key="comment-export-people")
    with st.container(horizontal=True):
        st.download_button(
            "Comments as CSV", data=access.later(lambda: as_csv(seen, named)), file_name="comments.csv",
            mime="text/csv", on_click="ignore", key="comments-csv",
        )  # fmt: skip
        st.download_button(
            "Comments as JSON", data=access.later(lambda: _text_of(rows(seen, named))),
            file_name="comments.json", mime="application/json", on_click="ignore", key="comments-json",
        )  # fmt: skip
    note("All comments, whatever their status. Treat names and e-mail addresses as what they are: personal.")


def _text_of(found: list[dict[str, object]]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)


def rows(seen: Seen, named: bool) -> list[dict[str, object]]:
    """Every comment as JSON; named: with name and e-mail."""
    who = comments.people(opened.store()) if named else {}
    nobody = Person("", "")
    return [as_json(c, who.get(c.id, nobody) if named else None) for c in seen.every.every]


def as_csv(seen: Seen, named: bool) -> bytes:
    """The same as CSV under a line that says what it is; a formula is disarmed."""
    frame = pd.DataFrame(rows(seen, named), columns=[*COLUMNS, *(PERSONAL if named else ())])
    return csv_bytes(frame, [f"Comments on the LMI & Pathways Explorer, {loaders.today()}"])
