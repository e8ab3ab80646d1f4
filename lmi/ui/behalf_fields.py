"""The fields of a participant's form: how each is drawn, and what is to be said because of what it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lmi.answers import room_lists
from lmi.domain.convening import LONGEST_WORDS, MOST_NOMINATED, QUESTIONS, SIGNATURES, VOTES, Question
from lmi.domain.errors import BadInput
from lmi.publishing.paper_form import EMPTY_MOVES
from lmi.ui.behalf_form import Change, Field, Form
from lmi.ui.room_people import told_apart
from lmi.ui.widgets import unmarked


class Input(Protocol):
    """One or a few widgets that belong together."""

    def draw(self, form: Form) -> None:
        """Show it as it began, with what was typed since."""

    def changes(self, form: Form) -> Sequence[Change]:
        """What is to be said; () where it is as it began, or not drawn. BadInput for half of an answer."""


class Nominations:
    """What the participant names: SOC codes, and 'own' with its number for a job in own words."""

    def draw(self, form: Form) -> None:
        """One list of both, so that each can be taken away, and a field for one more in own words."""
        if not form.is_drawn(("named",)):
            form.begun.update(dict.fromkeys((f for f in form.begun if f[0] == "named"), False))
            form.begun.update({("named", option): True for option in self._standing(form)})
        form.start(("own",), "")
        begun = self._begun(form)
        labels = told_apart({**form.lists.titles, **self._others(form, begun)})
        st.multiselect(
            "Most critical occupations", list(labels), begun, key=form.key("named"),
            format_func=lambda i: labels.get(i, i), max_selections=MOST_NOMINATED,
        )  # fmt: skip
        st.text_input(
            "A job that is not in the list, in own words", key=form.key("own"), max_chars=LONGEST_WORDS
        )

    def changes(self, form: Form) -> Sequence[Change]:
        """Withdraw first, so that there is room for what is new."""
        chosen, begun = form.typed("named"), self._begun(form)
        if chosen is None:
            return ()
        standing = self._standing(form.at_saving())
        gone = [option for option in begun if option not in chosen and option in standing]
        new = [option for option in chosen if option not in begun]
        out = [form.change(("named", o), False, "withdraw", subject=standing[o]) for o in gone]
        out += [form.change(("named", o), True, "nominate", subject=o) for o in new]
        words = _line(form.typed("own"))
        known = {e.words.casefold() for e in form.said if f"own {e.seq}" in {*standing} - {*gone}}
        if words and words != form.begun["own",] and words.casefold() not in known:
            out.append(form.change(("own",), words, "nominate", subject="own", words=words))
        return out

    def _begun(self, form: Form) -> list[str]:
        return [f[1] for f, named in form.begun.items() if f[0] == "named" and named is True]

    def _standing(self, form: Form) -> Mapping[str, str]:
        """Each of what is named now -> its number."""
        return {
            f"own {e.seq}" if e.subject == "own" else e.subject: str(e.seq)
            for e in form.room.nominations_of(form.who)
        }

    def _others(self, form: Form, options: Sequence[str]) -> Mapping[str, str]:
        """What stands in no list: jobs in own words, and codes that the list no longer holds. Words that
        change while the form is open, such as what a job is matched with, would take the choice away."""
        own = {f"own {entry.seq}": f"“{entry.words}”" for entry in form.said}
        return {option: own.get(option, option) for option in options if option not in form.lists.titles}


@dataclass(frozen=True)
class Answer:
    """What is chosen and written to one question. soc: '' for a question to the room."""

    asked: Question
    soc: str

    def draw(self, form: Form) -> None:
        """The choices on the left, own words on the right."""
        asked, field = self.asked, (self.asked.id, self.soc)
        choices, words = form.start(field, self._now(form))
        labels = self._labels(form, choices)
        left, right = st.columns([2, 1])
        left.multiselect(
            asked.asks, list(labels), list(choices), key=form.key(*field),
            format_func=lambda i: labels.get(i, i), max_selections=asked.most,
        )  # fmt: skip
        right.text_input(
            f"In own words: {asked.asks}", words, key=form.key(*field, "words"), max_chars=LONGEST_WORDS
        )

    def changes(self, form: Form) -> Sequence[Change]:
        """The whole answer, if a part of it differs; the other part as it is on record by now."""
        field = (self.asked.id, self.soc)
        chosen, words = form.typed(*field), str(form.typed(*field, "words") or "")
        if chosen is None or field not in form.begun:
            return ()
        before = form.begun[field]
        choices_stay, words_stay = set(chosen) == set(before[0]), _line(words) == _line(before[1])
        if choices_stay and words_stay:
            return ()
        now = self._now(form.at_saving())
        told = {
            "question": self.asked.id, "subject": self.soc,
            "choices": now[0] if choices_stay else tuple(chosen), "words": now[1] if words_stay else words,
        }  # fmt: skip
        return (form.change(field, (tuple(chosen), words), "answer", **told),)

    def _now(self, form: Form) -> tuple[tuple[str, ...], str]:
        said = form.room.answers(self.asked.id, self.soc)
        return next(((s.choices, s.words) for s in said if s.participant.id == form.who), ((), ""))

    def _labels(self, form: Form, chosen: Sequence[str]) -> Mapping[str, str]:
        """What can be chosen, id -> words; also what was, where the list has changed since."""
        lists, asked = form.lists, self.asked
        first: Sequence[str] = ()
        if asked.open_list == "skills":
            known: Mapping[str, str] = dict(room_lists.skills_of(form.view.desk, self.soc))
        elif asked.open_list == "programs":
            known, room = lists.programs, form.room
            near = room_lists.programs_of(form.view.desk, room.convening.area_code, room.topics)
            first = [key for key, _ in near]
        else:
            known = lists.titles if asked.open_list == "socs" else asked.choices
        labels = told_apart({**known, **{c: lists.choice(asked.id, c) for c in chosen if c not in known}})
        return {key: labels[key] for key in dict.fromkeys([*first, *labels])}


@dataclass(frozen=True)
class Vote:
    """The vote on a move that is asked about. A remark, which phones can add, is kept with it."""

    move: tuple[str, str]

    def draw(self, form: Form) -> None:
        """The kinds of vote in a row."""
        pair = ">".join(self.move)
        said = form.latest("vote", pair)
        begun = form.start(("vote", pair), said.choice if said else "")
        start, goal = map(form.lists.title, self.move)
        st.radio(
            unmarked(f"{start} → {goal}"), list(VOTES), index=list(VOTES).index(begun) if begun else None,
            key=form.key("vote", pair), format_func=lambda i: VOTES[i], horizontal=True,
        )  # fmt: skip

    def changes(self, form: Form) -> Sequence[Change]:
        """A vote that differs."""
        pair = ">".join(self.move)
        choice = form.typed("vote", pair)
        if not choice or choice == form.begun.get(("vote", pair)):
            return ()
        return (_vote(form, ("vote", pair), choice, pair, choice),)


@dataclass(frozen=True)
class WrittenMove:
    """A move that somebody wrote into the empty rows of the paper form. number: of the row, from 1."""

    number: int

    @property
    def field(self) -> Field:
        """The vote stands for the whole row."""
        return ("move", str(self.number), "vote")

    def draw(self, form: Form) -> None:
        """From, to, vote."""
        form.start(self.field, ("", "", ""))
        start, goal, vote = st.columns(3)
        titles = told_apart(form.lists.titles)
        self._select(start, form, "from", "From", titles)
        self._select(goal, form, "to", "To", titles)
        self._select(vote, form, "vote", "Vote", VOTES)

    def _select(
        self, column: DeltaGenerator, form: Form, part: str, label: str, known: Mapping[str, str]
    ) -> None:
        """One column; its label stands above the first row only, and is read aloud in every row."""
        first = self.number == 1
        column.selectbox(
            label if first else f"{label}, row {self.number}", list(known), index=None, placeholder="",
            key=form.key("move", str(self.number), part), format_func=lambda i: known.get(i, i),
            label_visibility="visible" if first else "collapsed",
        )  # fmt: skip

    def changes(self, form: Form) -> Sequence[Change]:
        """A vote on the move. BadInput for a row that is not filled in wholly."""
        row = str(self.number)
        typed = tuple(str(form.typed("move", row, part) or "") for part in ("from", "to", "vote"))
        if not any(typed) or typed == form.begun.get(self.field):
            return ()
        if not all(typed):
            why = f"Row {row} of the moves written in lacks a part."
            raise BadInput("A move was not kept.", why, "Choose from, to and the vote, or empty the row.")
        return (_vote(form, self.field, typed, f"{typed[0]}>{typed[1]}", typed[2]),)


class Signature:
    """Whether it is what was said, and what is wrong."""

    def draw(self, form: Form) -> None:
        """The signature, and beside it the remark."""
        choice, words = form.start(("sign",), self._now(form))
        left, right = st.columns([2, 1])
        left.radio(
            "Is this what was said here?", list(SIGNATURES),
            index=list(SIGNATURES).index(choice) if choice else None, key=form.key("sign"),
            format_func=lambda i: SIGNATURES[i], horizontal=True,
        )  # fmt: skip
        right.text_input("What is wrong", words, key=form.key("sign", "words"), max_chars=LONGEST_WORDS)

    def changes(self, form: Form) -> Sequence[Change]:
        """Both, if one differs; the other as it is on record by now. BadInput for a remark without a
        signature."""
        choice, words = (str(form.typed("sign", *part) or "") for part in ((), ("words",)))
        before = form.begun.get(("sign",), ("", ""))
        choice_stays, words_stay = choice == before[0], _line(words) == _line(before[1])
        if choice_stays and words_stay:
            return ()
        now = self._now(form.at_saving())
        told = {"choice": now[0] if choice_stays else choice, "words": now[1] if words_stay else words}
        if not told["choice"]:
            why = "It says what is wrong, and neither yes nor no is chosen."
            raise BadInput("The signature was not kept.", why, "Choose one.")
        return (form.change(("sign",), (choice, words), "sign", **told),)

    def _now(self, form: Form) -> tuple[str, str]:
        said = form.latest("sign", "")
        return (said.choice, said.words) if said else ("", "")


def inputs(form: Form, step: str) -> Mapping[str, Sequence[Input]]:
    """The fields of a step under their headings; '' for those under none."""
    if step == "nominate":
        return {"": (Nominations(),)}
    if step == "map":
        written = [WrittenMove(row) for row in range(1, EMPTY_MOVES + 1)]
        return {"": [Vote(move) for move in form.moves()], "Moves written in by hand": written}
    if step == "close":
        return {"": (Signature(),)}
    asked = [question for question in QUESTIONS if question.step == step]
    if step == "discuss":
        return {form.lists.title(soc): [Answer(each, soc) for each in asked] for soc in form.subjects()}
    return {"": [Answer(each, "") for each in asked]}


def _vote(form: Form, field: Field, value: object, pair: str, choice: str) -> Change:
    """With the remark that is on record by now."""
    said = form.at_saving().latest("vote", pair)
    return form.change(field, value, "vote", subject=pair, choice=choice, words=said.words if said else "")


def _line(text: object) -> str:
    return " ".join(str(text or "").split())
