"""What a convening amounts to: its state and its counts, from who takes part and what was said.

Counts are of organisations, so that one company does not outvote the room. Of each participant the latest
answer to a question counts; of an organisation whose people differ, see Stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from lmi.analysis.room_state import State, state_of
from lmi.domain.convening import (
    TOPICS,
    VOTES,
    Convening,
    Entry,
    Participant,
    move_of,
    organisation_key,
    set_aside,
    standing_nominations,
)


@dataclass(frozen=True)
class Nominated:
    """One occupation that the room names. soc: '' for a job in own words that nobody has matched yet; words:
    how people put it. organisations, people: who names it, in the order in which they did."""

    soc: str
    words: tuple[str, ...]
    organisations: tuple[str, ...]
    people: tuple[str, ...]
    seqs: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """The latest answer of one participant to one question."""

    participant: Participant
    organisation: str
    choices: tuple[str, ...]
    words: str
    at: str


@dataclass(frozen=True)
class Counted:
    """One thing chosen, and the organisations that chose it."""

    choice: str
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Stand:
    """How organisations stand to one move. Within an organisation more votes of one kind decide ('unsure'
    aside); as many for as against is `divided`. stated_by: organisations whose answers say it."""

    move: tuple[str, str]
    on_file: bool
    stated_by: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Two organisations or more say yes, and more than say no."""
        return len(self.yes) >= 2 and len(self.yes) > len(self.no)

    @property
    def struck(self) -> bool:
        """Two organisations or more say no, and more than say yes."""
        return len(self.no) >= 2 and len(self.no) > len(self.yes)


@dataclass(frozen=True)
class Room:
    """A convening with everybody who joined and everything that was said, in order."""

    convening: Convening
    joined: tuple[Participant, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def state(self) -> State:
        """Where it stands now."""
        return state_of(self.entries)

    @cached_property
    def aside(self) -> frozenset[str]:
        """The ids of those whom the facilitator set aside: they, and what they said, count nowhere."""
        return set_aside(self.entries)

    @cached_property
    def people(self) -> tuple[Participant, ...]:
        """Who takes part, in the order in which they joined."""
        return tuple(person for person in self.joined if person.id not in self.aside)

    @cached_property
    def person(self) -> Mapping[str, Participant]:
        """The participants by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def organisation_of(self) -> Mapping[str, str]:
        """Participant, also one set aside -> organisation, as the facilitator put it or else as the first who
        named it spelled it."""
        put: dict[str, str] = {}
        names: dict[str, str] = {}
        for entry in self.entries:
            if entry.kind == "organisation":
                name = put[entry.subject] = str(entry.value.get("organisation", ""))
                if entry.subject in self.person:
                    names[organisation_key(name)] = name
        out = {}
        for person in (*self.people, *(p for p in self.joined if p.id in self.aside)):
            name = put.get(person.id) or person.organisation
            out[person.id] = names.setdefault(organisation_key(name), name)
        return out

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Every organisation in the room, in the order in which it came."""
        return tuple(dict.fromkeys(self.organisation_of[p.id] for p in self.people))

    @cached_property
    def nominated(self) -> tuple[Nominated, ...]:
        """What the room calls critical, most organisations first, then most people, then who came first."""
        meant = {e.subject: str(e.value.get("soc", "")) for e in self.entries if e.kind == "match"}
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(
            (entry for named in self._standing.values() for entry in named.values()), key=lambda e: e.seq
        ):
            soc = meant.get(str(entry.seq), "") if entry.subject == "own" else entry.subject
            found[soc or f"own {entry.words.casefold()}"].append(entry)
        rows = [
            Nominated(
                "" if key.startswith("own ") else key,
                tuple(dict.fromkeys(e.words for e in several if e.words)),
                tuple(dict.fromkeys(self.organisation_of[e.participant] for e in several)),
                tuple(dict.fromkeys(e.participant for e in several)),
                tuple(e.seq for e in several),
            )
            for key, several in found.items()
        ]
        return tuple(sorted(rows, key=lambda r: (-len(r.organisations), -len(r.people), r.seqs[0])))

    def nominations_of(self, participant: str) -> tuple[Entry, ...]:
        """What one participant names and has not withdrawn, in order."""
        return tuple(self._standing.get(participant, {}).values())

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """SOC codes of the occupations to talk through: as chosen, else those that most name."""
        return self.state.chosen or tuple(row.soc for row in self.nominated if row.soc)[:TOPICS]

    @cached_property
    def talked_about(self) -> frozenset[str]:
        """The occupations that questions can be answered about: topics, whatever somebody names, and whatever
        was answered about while somebody named it."""
        return self._asked_about | {*self.answered}

    @cached_property
    def answered(self) -> tuple[str, ...]:
        """The occupations that answers are about, in the order in which they were first answered about."""
        subjects = (
            subject
            for (kind, _, subject), latest in self._latest.items()
            if kind == "answer" and subject and any(e.choices or e.words for e in latest.values())
        )
        return tuple(dict.fromkeys(subjects))

    @cached_property
    def kept(self) -> Mapping[str, Mapping[str, object]]:
        """What was chosen from lists of skills and programs, by id, as its list had it last; see Entry."""
        return {key: told for entry in self.entries for key, told in entry.kept.items()}

    def answers(self, question: str, subject: str = "") -> tuple[Said, ...]:
        """The latest answer of each participant, in the order in which they first answered; empty ones are
        no answers."""
        latest = self._latest.get(("answer", question, subject), {})
        return tuple(
            Said(self.person[e.participant], self.organisation_of[e.participant], e.choices, e.words, e.at)
            for e in latest.values()
            if e.choices or e.words
        )

    def counted(self, question: str, subject: str = "") -> tuple[Counted, ...]:
        """What was chosen, by how many organisations, most first."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for said in self.answers(question, subject):
            for choice in said.choices:
                found[choice].append(said.organisation)
        rows = [Counted(choice, tuple(dict.fromkeys(names))) for choice, names in found.items()]
        return tuple(sorted(rows, key=lambda row: -len(row.organisations)))

    def stands(self, on_file: Iterable[tuple[str, str]] = ()) -> tuple[Stand, ...]:
        """Every move that is voted on, in the order in which it is asked about; the first MOST_MOVES are.

        Of each topic in turn one: those that two organisations or more state, most first; those on file;
        those that one states. Then the others. on_file: the live moves of pathways.yaml.
        """
        stated, known = self._stated(), dict.fromkeys(on_file)
        topics = set(self.topics)
        held = [move for move in known if topics & set(move)]
        voted = [move_of(subject) for kind, _, subject in self._latest if kind == "vote"]

        def rank(move: tuple[str, str]) -> tuple[int, int]:
            count = len(stated.get(move, ()))
            tier = 0 if count >= 2 else 1 if move in known and topics & set(move) else 2 if count else 3
            return tier, -count

        order = sorted(dict.fromkeys([*stated, *held, *voted]), key=rank)
        turns = zip_longest(*([move for move in order if topic in move] for topic in self.topics))
        shared = [move for turn in turns for move in turn if move]
        return tuple(
            self._stand(move, move in known, tuple(stated.get(move, ())))
            for move in dict.fromkeys([*shared, *order])
        )

    @cached_property
    def signatures(self) -> Mapping[str, Entry]:
        """Participant -> what they signed last."""
        return self._latest.get(("sign", "", ""), {})

    def _stated(self) -> dict[tuple[str, str], list[str]]:
        """Moves that answers on 'before' and 'after' state -> organisations that state them."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, question, soc in self._latest:
            if kind != "answer" or question not in ("before", "after") or soc not in self._asked_about:
                continue
            for row in self.counted(question, soc):
                move = (row.choice, soc) if question == "before" else (soc, row.choice)
                if move[0] != move[1]:
                    found[move] += [o for o in row.organisations if o not in found[move]]
        return dict(found)

    def _stand(self, move: tuple[str, str], on_file: bool, stated_by: tuple[str, ...]) -> Stand:
        votes = self._latest.get(("vote", "", ">".join(move)), {})
        by_organisation: defaultdict[str, list[str]] = defaultdict(list)
        for entry in votes.values():
            if entry.choice in VOTES:
                by_organisation[self.organisation_of[entry.participant]].append(entry.choice)
        sides: dict[str, list[str]] = {"yes": [], "no": [], "divided": [], "unsure": []}
        for organisation, choices in by_organisation.items():
            sides[_side(choices)].append(organisation)
        remarks = tuple(entry.words for entry in votes.values() if entry.words)
        yes, no, divided, unsure = map(tuple, sides.values())
        return Stand(move, on_file, stated_by, yes, no, divided, unsure, remarks)

    @cached_property
    def _asked_about(self) -> frozenset[str]:
        """Topics, and whatever somebody names."""
        return frozenset(self.topics) | {row.soc for row in self.nominated if row.soc}

    @cached_property
    def _latest(self) -> Mapping[tuple[str, str, str], dict[str, Entry]]:
        """(kind, question, subject) -> participant -> their latest entry."""
        found: defaultdict[tuple[str, str, str], dict[str, Entry]] = defaultdict(dict)
        for entry in self.entries:
            if entry.kind in ("answer", "vote", "sign") and entry.participant in self.person:
                found[entry.kind, entry.question, entry.subject][entry.participant] = entry
        return found

    @cached_property
    def _standing(self) -> Mapping[str, dict[int, Entry]]:
        """Participant -> number -> what they name."""
        said: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.kind in ("nominate", "withdraw") and entry.participant in self.person:
                said[entry.participant].append(entry)
        return {who: standing_nominations(theirs) for who, theirs in said.items()}


def _side(choices: Sequence[str]) -> str:
    """Where an organisation stands, from the votes of its people."""
    yes, no = choices.count("yes"), choices.count("no")
    if yes == no:
        return "divided" if yes else "unsure"
    return "yes" if yes > no else "no"
