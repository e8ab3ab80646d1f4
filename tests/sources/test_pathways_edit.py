"""Changing pathways.yaml: only the lines concerned, any text as typed, nothing that is not there."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.domain.errors import BadFile, BadInput
from lmi.domain.pathways import Move, PathwayMap
from lmi.places import ROOT
from lmi.sources.pathways_edit import (
    AddMove,
    AddStep,
    ChangeMove,
    ChangeStep,
    RestoreMove,
    RestoreStep,
    RetireMove,
    RetireStep,
    apply,
    apply_several,
    difference,
)
from lmi.sources.pathways_file import check_text
from tests.sources.small_pathways import SOCS, TEXT

AIDE = AddStep("nursing", "31-1120", "entry")
AIDE_MOVE = AddMove("nursing", Move("31-1120", "31-1131", "lateral"))


def changes(before: str, after: str) -> list[str]:
    """The lines that went and came, with their signs."""
    return [sign + line for sign, line in difference(before, after, context=0) if sign != "@"]


def done(text: str, *steps: object) -> str:
    for step in steps:
        text = apply(text, step, SOCS)
    return text


def read(text: str) -> PathwayMap:
    found, problems = check_text(text, {**SOCS, **LADDER})
    assert problems == []
    return found


# ---- each change, in the file of the tests -------------------------------------------------------------


def test_a_step_comes_last_with_its_title_as_the_others_have_it():
    assert changes(TEXT, done(TEXT, AIDE)) == [
        "+      - {soc: 31-1120, stage: entry}  # Home Health and Personal Care Aides"
    ]
    after = done(TEXT, AddStep("electrical", "31-1120", "entry", "Ask: now"))
    assert '      - {soc: 31-1120, stage: entry, note: "Ask: now"}  # Home' in after
    assert after.index("31-1120") > after.index("{soc: 47-2111")


def test_a_step_without_a_known_title_has_no_comment_and_is_told_by_the_check():
    after = done(TEXT, AddStep("nursing", "29-1142", "entry"), AddStep("nursing", "a b", "entry"))
    assert changes(TEXT, after) == [
        "+      - {soc: 29-1142, stage: entry}",
        '+      - {soc: "a b", stage: entry}',
    ]
    assert [p.what.split(": ")[1] for p in check_text(after, SOCS)[1]] == [
        "no occupation has the code 29-1142.",
        "'a b' is no SOC code.",
    ]


def test_a_title_cannot_break_out_of_its_comment():
    after = apply(TEXT, AIDE, {"31-1120": "Aides\n    id: evil\u2028x: \x07y"})
    assert changes(TEXT, after) == ["+      - {soc: 31-1120, stage: entry}  # Aides id: evil x: y"]


def test_a_step_and_its_move_make_a_whole():
    after = done(TEXT, AIDE, AIDE_MOVE)
    assert changes(TEXT, after)[1:] == [
        "+      - from: 31-1120",
        "+        to: 31-1131",
        "+        kind: lateral",
        "+        status: proposed",
    ]
    assert read(after).pathways[0].moves[-1] == AIDE_MOVE.move
    assert len(check_text(done(TEXT, AIDE), SOCS)[1]) == 1  # a step without a move


def test_a_steps_stage_and_note_change_in_their_line_alone():
    after = done(TEXT, ChangeStep("nursing", "31-1131", note="First"))
    assert changes(TEXT, after) == [
        "-      - {soc: 31-1131, stage: entry}  # Nursing Assistants",
        '+      - {soc: 31-1131, stage: entry, note: "First"}  # Nursing Assistants',
    ]
    again = done(after, ChangeStep("nursing", "31-1131", stage="trained", note="Second"))
    assert changes(after, again)[1] == (
        '+      - {soc: 31-1131, stage: trained, note: "Second"}  # Nursing Assistants'
    )
    assert done(after, ChangeStep("nursing", "31-1131", note=" ")) == TEXT
    assert done(after, ChangeStep("nursing", "31-1131")) == after
    assert done(after, ChangeStep("nursing", "311131", note="First")) == after


def test_a_retired_step_takes_its_moves_and_crossovers_along():
    after = done(TEXT, RetireStep("electrical", "47-3013"))
    assert changes(TEXT, after) == [
        "-      - {soc: 47-3013, stage: entry}",
        "+      - {soc: 47-3013, stage: entry, status: retired}",
        "-        status: proposed",
        "+        status: retired",
        "-  - {from: 47-3013, to: 31-1131, kind: lateral, status: proposed}",
        "+  - {from: 47-3013, to: 31-1131, kind: lateral, status: retired}",
    ]
    assert [m.pair for m in read(after).moves()] == [("31-1131", "29-2061"), ("29-2061", "29-1141")]


def test_crossovers_stay_while_the_occupation_is_a_live_step_elsewhere():
    move = AddMove("electrical", Move("31-1131", "47-2111", "advance"))
    both = done(TEXT, AddStep("electrical", "31-1131", "entry"), move)
    after = done(both, RetireStep("nursing", "31-1131"))
    assert [m.pair for m in read(after).live_crossovers] == [("47-3013", "31-1131")]
    assert ("31-1131", "47-2111") in {m.pair for m in read(after).moves()}  # the other pathway's own
    assert read(done(after, RetireStep("electrical", "31-1131"))).live_crossovers == ()


def test_what_was_validated_stays_so_on_record_and_comes_back_so():
    change = RetireMove("nursing", "29-2061", "29-1141")
    after = done(TEXT, change)
    assert changes(TEXT, after) == ["-        status: validated", "+        status: retired"]
    assert "One Hospital" in after
    assert done(after, RestoreMove("nursing", "29-2061", "29-1141")) == TEXT


def test_a_retired_step_and_its_moves_come_back_as_they_were():
    after = done(TEXT, RetireStep("electrical", "47-3013"), RestoreStep("electrical", "47-3013"))
    assert [p.what for p in check_text(after, SOCS)[1]] != []  # its moves are restored one by one
    after = done(
        after, RestoreMove("electrical", "47-3013", "47-2111"), RestoreMove("", "47-3013", "31-1131")
    )
    assert after == TEXT


def test_a_move_may_have_every_field_and_each_is_read_back():
    move = Move(
        "31-1131",
        "29-1141",
        "advance",
        (1, 2.5),
        "A: b",
        "L #1",
        "TX",
        "validated",
        "2026-11-01",
        ("One, Two", "[x]"),
        ("board",),
        ("time",),
        "n",
    )
    after = done(TEXT, AddMove("nursing", move))
    assert changes(TEXT, after) == [
        "+      - from: 31-1131",
        "+        to: 29-1141",
        "+        kind: advance",
        "+        months: [1, 2.5]",
        '+        credential: "A: b"',
        '+        license: "L #1"',
        "+        state: TX",
        "+        status: validated",
        "+        validated_on: 2026-11-01",
        '+        organisations: ["One, Two", "[x]"]',
        "+        sources: [board]",
        "+        unchecked: [time]",
        '+        note: "n"',
    ]
    assert read(after).pathways[0].moves[-1] == move


def test_a_crossover_comes_last_in_the_form_of_the_others():
    after = done(TEXT, AddMove("", Move("47-2111", "29-1141", "lateral", (6, 6), unchecked=("time",))))
    assert changes(TEXT, after) == [
        "+  - {from: 47-2111, to: 29-1141, kind: lateral, months: 6, status: proposed, unchecked: [time]}"
    ]
    assert read(after).crossovers[-1].months == (6, 6)


def test_a_moves_fields_change_go_and_come_in_their_order():
    after = done(
        TEXT,
        ChangeMove(
            "nursing",
            "29-2061",
            "29-1141",
            status="proposed",
            validated_on="",
            organisations=(),
            months=(10, 10),
            note="New",
        ),
    )
    assert changes(TEXT, after) == [
        "-        months: [12, 24]",
        "+        months: 10",
        "-        status: validated",
        "-        validated_on: 2026-11-20",
        '-        organisations: ["One Hospital", "Two Hospital"]',
        "+        status: proposed",
        '+        note: "New"',
    ]
    back = done(
        after,
        ChangeMove(
            "nursing",
            "29-2061",
            "29-1141",
            status="validated",
            validated_on="2026-11-20",
            note="",
            organisations=["One Hospital", "Two Hospital"],
            months=[12, 24],
        ),
    )
    assert back == TEXT
    assert done(TEXT, ChangeMove("nursing", "29-2061", "29-1141")) == TEXT
    crossed = done(TEXT, ChangeMove("", "47-3013", "31-1131", months=(3, 9), unchecked=["time"]))
    assert changes(TEXT, crossed)[1] == (
        "+  - {from: 47-3013, to: 31-1131, kind: lateral, months: [3, 9], status: proposed, "
        "unchecked: [time]}"
    )
    assert done(crossed, ChangeMove("", "47-3013", "31-1131", months=(), unchecked=())) == TEXT


# ---- a file of real size -------------------------------------------------------------------------------

LADDER = {f"{group}-{group}{i:02d}": f"Work {group}.{i}" for group in range(11, 41) for i in range(10)}
LADDER = {soc: title for soc, title in LADDER.items() if re.fullmatch(r"\d{2}-\d{4}", soc)}


def large() -> str:
    """The committed audiences and thirty pathways of ten steps, written as people write."""
    committed = (ROOT / "pathways.yaml").read_text(encoding="utf-8")
    audiences = committed[committed.index("audiences:") :]
    following = re.search(r"\n(?=(?:#|version:|sources:|clusters:|pathways:|crossovers:))", audiences)
    lines = [
        "# Kept by Ann.   Ask before you change it.",
        'version: {name: "big",   status: draft, date: 2026-11-24}',
        audiences[: following.start()] if following else audiences.rstrip("\n"),
        "",
        "sources:",
        '  - {id: law, title: "The law", publisher: "A state", url: "", read: 2026-11-01}',
        "clusters:",
        "  - id: all",
        "    name:   All of it   # odd spacing",
        "    about: >-",
        "      Everything",
        "      there is.",
        "pathways:",
    ]
    socs = sorted(LADDER)
    for start in range(0, len(socs), 10):
        ladder = socs[start : start + 10]
        lines += ["", f"  # ---- pathway {start} ----", f"  - id: p{start}", f"    name: 'Way {start}'"]
        lines += [
            "    cluster: all",
            "    about: Up.",
            f"    targets: [{ladder[8]},",
            f"              {ladder[9]}]",
        ]
        lines += ["    steps:"]
        lines += [f"      - {{soc: {soc}, stage: skilled}}  # {LADDER[soc]}" for soc in ladder]
        lines += ["    # how people move", "    moves:"]
        for low, high in pairwise(ladder):
            lines += [f"      - from: {low}  # {LADDER[low]}", f"        to: {high}", "        kind: advance"]
            lines += ["        months: [ 6, 12 ]", "        status: proposed", "        unchecked: [time]"]
            lines += ["        note: >", "          It takes", "          a while.", ""]
    return "\n".join([*lines, "crossovers: []  # none yet", ""])


LARGE = large()
FIRST = sorted(LADDER)[100]  # of pathway p100


@pytest.fixture(scope="module", params=["\n", "\r\n"], ids=["unix", "windows"])
def big(request) -> str:
    return LARGE.replace("\n", request.param)


def other(text: str, *gone: int) -> list[str]:
    """The lines of a text with their ends, some left out."""
    return [line for i, line in enumerate(text.splitlines(keepends=True)) if i not in gone]


def test_the_large_file_is_large_and_right():
    assert len(LARGE.splitlines()) > 3000
    assert len(read(LARGE).pathways) == 30


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (
            ChangeStep("p100", FIRST, note="x"),
            f'      - {{soc: {FIRST}, stage: skilled, note: "x"}}  # Work 21.0',
        ),
        (ChangeStep("p100", FIRST, stage="entry"), f"      - {{soc: {FIRST}, stage: entry}}  # Work 21.0"),
    ],
)
def test_a_change_of_one_step_changes_one_line_of_a_large_file(big, change, new):
    end = "\r\n" if "\r" in big else "\n"
    old = f"      - {{soc: {FIRST}, stage: skilled}}  # Work 21.0{end}"
    assert big.count(old) == 1
    assert apply(big, change, SOCS) == big.replace(old, new + end)


def test_a_new_step_is_one_new_line_before_the_comment_that_follows(big):
    end = "\r\n" if "\r" in big else "\n"
    last = f"# {LADDER[sorted(LADDER)[109]]}{end}"
    assert big.count(f"}}  {last}") == 1
    after = apply(big, AddStep("p100", "31-1120", "skilled"), SOCS)
    line = f"      - {{soc: 31-1120, stage: skilled}}  # Home Health and Personal Care Aides{end}"
    assert after == big.replace(f"}}  {last}", f"}}  {last}{line}")
    assert f"{line}    # how people move{end}" in after


def test_a_retired_step_changes_its_own_lines_only(big):
    after = apply(big, RetireStep("p100", FIRST), SOCS)
    before_lines, after_lines = big.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(before_lines) == len(after_lines)
    off = [i for i, (a, b) in enumerate(zip(before_lines, after_lines, strict=True)) if a != b]
    assert [after_lines[i].strip() for i in off] == [
        f"- {{soc: {FIRST}, stage: skilled, status: retired}}  # Work 21.0",
        "status: retired",
    ]


def test_a_new_move_comes_before_the_next_pathway_and_its_comment(big):
    end = "\r\n" if "\r" in big else "\n"
    socs = sorted(LADDER)
    after = apply(big, AddMove("p100", Move(socs[100], socs[102], "advance")), SOCS)
    lines = [
        f"      - from: {socs[100]}",
        f"        to: {socs[102]}",
        "        kind: advance",
        "        status: proposed",
    ]
    assert changes(big, after) == ["+" + line for line in lines]
    assert end.join(lines) + end in after
    assert after.index(lines[0] + end) < after.index("# ---- pathway 110")
    assert after.replace(end.join(lines) + end, "", 1) == big
    read(after)


def test_a_text_over_several_lines_can_be_changed_and_taken_out(big):
    pair = (FIRST, sorted(LADDER)[101])
    after = apply(big, ChangeMove("p100", *pair, note="Short", months=()), SOCS)
    assert changes(big, after) == [
        "-        months: [ 6, 12 ]",
        "-        note: >",
        "-          It takes",
        "-          a while.",
        '+        note: "Short"',
    ]
    gone = apply(after, ChangeMove("p100", *pair, note="", unchecked=()), SOCS)
    assert changes(after, gone) == ["-        unchecked: [time]", '-        note: "Short"']


def test_the_first_crossover_makes_the_list(big):
    pair = sorted(LADDER)[100], sorted(LADDER)[200]
    after = apply(big, AddMove("", Move(*pair, "lateral")), SOCS)
    assert changes(big, after) == [
        "-crossovers: []  # none yet",
        "+crossovers:  # none yet",
        f"+  - {{from: {pair[0]}, to: {pair[1]}, kind: lateral, status: proposed}}",
    ]
    assert read(after).crossovers[0].pair == pair


# ---- forms in which people write -----------------------------------------------------------------------


def parts(steps: str, moves: str, tail: str = "") -> str:
    return (
        "version: {name: v, status: draft, date: 2026-11-24}\n"
        "clusters: [{id: c, name: C, about: Care.}]\n"
        "pathways:\n- id: w\n  name: W\n  cluster: c\n  about: Way.\n  targets: [29-1141]\n"
        f"{steps}{moves}{tail}"
    )


BLOCK = "  steps:\n  - soc: 31-1131  # first\n    stage: entry\n  -   stage: skilled\n      soc: 29-1141\n"
FLOW = "  steps: [{soc: 31-1131, stage: entry,}, {stage: skilled, soc: '29-1141'}]\n"
MOVES = "  moves:\n  - {from: 31-1131,\n     to: 29-1141, # up\n     kind: advance, status: proposed}\n"
FORMS = {
    "blocks": parts(BLOCK, MOVES),
    "flow": parts(FLOW, MOVES),
    "all in one line": (
        'version: {name: v, status: draft, date: "2026-11-24"}\n'
        "clusters: [{id: c, name: C, about: A}]\n"
        "pathways: [{id: w, name: W, cluster: c, about: A, targets: [29-1141], "
        "steps: [{soc: 31-1131, stage: entry}, {soc: 29-1141, stage: skilled}], "
        "moves: [{from: 31-1131, to: 29-1141, kind: advance, status: proposed}]}]\n"
    ),
    "moves first": parts(MOVES, BLOCK),
    "no end of line": parts(BLOCK, MOVES).rstrip("\n"),
    "a comment at the end": parts(BLOCK, MOVES, "  # more to come\n# the end"),
    "crossovers empty": parts(BLOCK, MOVES, "crossovers:\n"),
    "an end mark": "---\n" + parts(BLOCK, MOVES) + "...\n",
    "a byte order mark": "\ufeff" + parts(BLOCK, MOVES),
    "letters of all kinds": "# é 😀 \u2028# 日本\n" + parts(BLOCK, MOVES),
    "quoted keys": parts(BLOCK.replace("soc:", '"soc":'), MOVES.replace("kind:", "'kind':")),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_can_be_changed_and_the_rest_stays(name):
    text = FORMS[name]
    read(text)
    step = AddStep("w", "29-2061", "trained", 'a "b": {c} # d')
    move = AddMove(
        "w", Move("31-1131", "29-2061", "advance", (1, 2), "e, f", unchecked=("time", "credential"))
    )
    after = done(text, step, move)
    way = read(after).pathways[0]
    assert (way.steps[-1].soc, way.steps[-1].note) == ("29-2061", 'a "b": {c} # d')
    assert way.moves[-1] == move.move
    assert read(text).pathways[0].moves[0] == way.moves[0]
    gone = [line for line in changes(text, after) if line.startswith("-")]
    assert len(gone) <= (1 if name == "all in one line" else 2)
    edited = done(
        after,
        ChangeMove("w", "31-1131", "29-1141", note="n", months=(3, 3), unchecked=["time"]),
        ChangeStep("w", "29-1141", stage="advanced", note="s"),
    )
    way = read(edited).pathways[0]
    assert (way.moves[0].note, way.moves[0].months, way.steps[1].stage) == ("n", (3, 3), "advanced")
    back = done(
        edited,
        ChangeMove("w", "31-1131", "29-1141", note="", months=(), unchecked=()),
        ChangeStep("w", "29-1141", stage="skilled", note=""),
    )
    assert back == after
    retired = done(text, RetireStep("w", "29-1141"))
    assert done(retired, RestoreStep("w", "29-1141"), RestoreMove("w", "31-1131", "29-1141")) == text
    crossed = done(after, AddMove("", Move("29-1141", "29-2061", "lateral", status="retired")))
    assert read(crossed).crossovers[0].pair == ("29-1141", "29-2061")
    for comment in re.findall(r"#[^\n\u2028]*", text):
        assert comment in crossed


def test_a_list_that_is_not_there_is_made_in_its_place():
    text = parts("  steps:\n  - {soc: 29-1141, stage: skilled}  # one\n", "", "# end\n")
    after = done(
        text,
        AddStep("w", "31-1131", "entry"),
        AddMove("w", Move("31-1131", "29-1141", "advance")),
        AddMove("", Move("29-1141", "31-1131", "lateral", status="retired")),
    )
    assert changes(text, after) == [
        "+  - {soc: 31-1131, stage: entry}  # Nursing Assistants",
        "+  moves:",
        "+    - from: 31-1131",
        "+      to: 29-1141",
        "+      kind: advance",
        "+      status: proposed",
        "+crossovers:",
        "+  - {from: 29-1141, to: 31-1131, kind: lateral, status: retired}",
    ]
    read(after)


def test_block_lists_are_replaced_and_taken_out_whole():
    text = TEXT.replace(
        '        organisations: ["One Hospital", "Two Hospital"]\n',
        "        organisations:  # who\n        - One Hospital\n\n"
        "        - >-\n          Two\n          Hospital\n",
    )
    change = ChangeMove("nursing", "29-2061", "29-1141", organisations=("Three",))
    assert changes(text, done(text, change))[-1] == '+        organisations: ["Three"]'
    assert read(done(text, change)).pathways[0].moves[1].organisations == ("Three",)
    gone = done(
        text,
        ChangeMove("nursing", "29-2061", "29-1141", organisations=(), validated_on="", status="proposed"),
    )
    assert not [line for line in changes(text, gone) if line.startswith("+") and "status" not in line]
    read(gone)


def test_a_value_keeps_its_quotes_and_an_empty_one_gets_its_blank():
    text = TEXT.replace(
        "state: TX\n        status: proposed", "state: 'TX'\n        note:\n        status: proposed"
    )
    after = done(text, ChangeMove("nursing", "31-1131", "29-2061", state="OK", note="n"))
    assert changes(text, after) == [
        "-        state: 'TX'",
        "-        note:",
        '+        state: "OK"',
        '+        note: "n"',
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "      - {soc: 47-3013, stage: entry}\n",
            "      - {status: retired, # why\n         soc: 47-3013, stage: entry}\n",
        ),
        (
            "      - {soc: 47-3013, stage: entry}\n",
            "      - status: retired  # why\n        soc: 47-3013\n        stage: entry\n",
        ),
    ],
)
def test_a_key_that_stands_first_is_taken_out_too(old, new):
    text = TEXT.replace(old, new)
    after = done(text, RestoreStep("electrical", "47-3013"))
    assert read(after) == read(TEXT)
    assert "        stage: entry\n" in after or "- {soc: 47-3013, stage: entry}\n" in after


@pytest.mark.parametrize("word", ["no", "null", "12", "on", "1e3", "12-30", "-x", "a:b"])
def test_a_word_that_yaml_takes_for_something_else_is_quoted(word):
    after = done(TEXT, ChangeMove("nursing", "31-1131", "29-2061", kind=word, sources=[word]))
    said = [p.what for p in check_text(after, SOCS)[1]]
    assert f"pathways.yaml, line 22, pathways[1].moves[1].kind: '{word}' is not known" in " ".join(said)


def test_a_file_with_mistakes_elsewhere_can_still_be_changed():
    text = TEXT.replace("stage: trained", "stage: low").replace("kind: lateral", "kinds: lateral")
    after = done(text, ChangeStep("nursing", "29-2061", stage="trained"))
    assert len(check_text(after, SOCS)[1]) < len(check_text(text, SOCS)[1])


SHARED_STAGE = TEXT.replace("29-1141, stage: skilled", "29-1141, stage: &s skilled").replace(
    "47-2111, stage: skilled", "47-2111, stage: *s"
)
SHARED_STEP = TEXT.replace("{soc: 29-2061, stage: trained}", "&n {soc: 29-2061, stage: trained}").replace(
    "{soc: 47-3013,", "*n\n      - {soc: 47-3013,"
)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        (SHARED_STAGE, ChangeStep("electrical", "47-2111", "advanced")),
        (SHARED_STAGE, ChangeStep("nursing", "29-1141", "advanced")),
        (SHARED_STEP, ChangeStep("electrical", "29-2061", note="x")),
        (SHARED_STEP, RetireStep("nursing", "29-2061")),
    ],
)
def test_what_would_change_something_else_as_well_is_refused(text, change):
    assert "&" in text
    with pytest.raises(BadInput, match=r"pathways\.yaml cannot be changed here.*anchor.*text editor"):
        apply(text, change, SOCS)


def test_an_alias_elsewhere_is_no_hindrance():
    text = TEXT.replace("unchecked: [time]\n  - id", "unchecked: &t [time]\n  - id")
    text = text.replace("unchecked: [time]", "unchecked: *t")
    assert changes(text, done(text, AIDE)) == changes(TEXT, done(TEXT, AIDE))


# ---- what people type ----------------------------------------------------------------------------------

HOSTILE = [
    'He said "no"', "it's", "a: b", "a #b", "# a", "- a", "* a", "&a", "!a", "!!python/object:x",
    "=1+1", "@x", "`x`", "%x", "{a: b}", "[a, b]", "a, b", "? a", "> a", "...", "---", "--- a", "no",
    "null", "~", "12", "1e3", "0x1f", "2026-11-24", "12:30", "<b>x</b>", "\\n", "\\u0041", "\\", "'",
    '"', "''", "é", "日本", "😀", "\u202eabc", "a\u200db", "\x07", "a\x00b", "\x85a", "\ufeffa", "\ufffe",
    "a\nb", "a\r\n\tb", " a  b ", "a\u2028b", "${x}", "<<", "*", "&", "\U0010ffff", "%YAML 1.2", "a:",
    ":a", "=", "-", "key: >\n  x", "|", "| a",
]  # fmt: skip


def one_line(text: str) -> str:
    return " ".join(text.split())


def survives(typed: str, text: str = TEXT) -> None:
    """A text typed into every field that takes one is read back as it was, on one line."""
    flat = one_line(typed)
    after = done(
        text,
        AddStep("nursing", "31-1120", "entry", typed),
        AddMove(
            "nursing",
            Move(
                "31-1120",
                "31-1131",
                "lateral",
                None,
                typed,
                typed,
                organisations=(typed, "x"),
                status="validated",
                validated_on="2026-11-01",
                sources=("board",),
                note=typed,
            ),
        ),
        ChangeStep("nursing", "29-1141", note=typed),
        ChangeMove("", "47-3013", "31-1131", license=typed, credential=typed, note=typed, sources=["board"]),
        ChangeMove("electrical", "47-3013", "47-2111", note=typed),
    )
    found = read(after)
    nursing, electrical = found.pathways
    move, crossover = nursing.moves[-1], found.crossovers[0]
    assert {step.soc: step.note for step in nursing.steps if step.note} == {"29-1141": flat, "31-1120": flat}
    assert (move.credential, move.license, move.note, move.organisations) == (flat, flat, flat, (flat, "x"))
    assert (crossover.credential, crossover.license, crossover.note) == (flat, flat, flat)
    assert electrical.moves[0].note == flat
    assert [line[:30] for line in changes(text, after) if line.startswith("-")] == [
        "-      - {soc: 29-1141, stage:",
        "-  - {from: 47-3013, to: 31-11",
    ]


@pytest.mark.parametrize("typed", HOSTILE, ids=ascii)
def test_what_is_typed_is_text_and_nothing_else(typed):
    survives(typed)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=110).filter(one_line))
def test_any_text_is_read_back_as_it_was_typed(typed):
    survives(typed)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_in_the_place_of_a_code_changes_nothing_but_that_code(typed):
    flat = one_line(typed)
    after = done(
        TEXT, ChangeMove("nursing", "31-1131", "29-2061", kind=typed or "x", sources=[typed], state=typed)
    )
    found = check_text(after, SOCS)[0]
    assert found.pathways[1] == check_text(TEXT, SOCS)[0].pathways[1]
    assert len([line for line in changes(TEXT, after) if line.startswith("+")]) <= 3
    said = [p.what for p in check_text(after, SOCS)[1]]
    assert all(
        re.match(r"pathways\.yaml, line \d+, pathways\[1\]\.(moves|steps)\[1\]", what) for what in said
    ), flat


@pytest.mark.parametrize(
    "change",
    [
        ChangeStep("nursing", "31-1131", note="a\ud800"),
        AddMove("", Move("47-2111", "31-1131", "lateral", organisations=("\udfff",))),
    ],
)
def test_half_a_character_is_refused(change):
    with pytest.raises(BadInput, match="half a character"):
        apply(TEXT, change, SOCS)


@pytest.mark.parametrize(
    "months", [(-1, 2), (1, 181), (float("nan"), 2), (float("inf"),) * 2, (1e300, 1e300)]
)
def test_months_that_cannot_be_are_refused(months):
    with pytest.raises(BadInput, match="months from 0 to 180"):
        apply(TEXT, ChangeMove("", "47-3013", "31-1131", months=months), SOCS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 180), min_size=2, max_size=2))
def test_any_months_are_read_back(months):
    low, high = sorted(months)
    after = done(TEXT, ChangeMove("electrical", "47-3013", "47-2111", months=(low, high)))
    assert read(after).pathways[1].moves[0].months == (low, high)


# ---- what is not there ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "what", "why"),
    [
        (
            AddStep("nurses", "31-1120", "entry"),
            "There is no pathway 'nurses'.",
            "There are: nursing, electrical.",
        ),
        (RetireStep("", "31-1120"), "There is no pathway ''.", "There are: nursing, electrical."),
        (
            ChangeStep("nursing", "31-1120", note="x"),
            "There is no step 31-1120 in 'nursing'.",
            "There are: 31-1131, 29-2061, 29-1141.",
        ),
        (
            RetireStep("electrical", "29-1141"),
            "There is no step 29-1141 in 'electrical'.",
            "47-3013, 47-2111",
        ),
        (RestoreStep("nursing", "31-1131"), "The step 31-1131 is not retired.", "Only what is retired"),
        (
            AddStep("nursing", "311131", "entry"),
            "The step 31-1131 is in 'nursing' already.",
            "Each stands once.",
        ),
        (AddMove("x", Move("31-1131", "29-1141", "advance")), "There is no pathway 'x'.", "There are"),
        (
            AddMove("nursing", Move("31-1131", "29-2061", "advance")),
            "The move 31-1131 → 29-2061 is in 'nursing' already.",
            "Each stands once.",
        ),
        (
            AddMove("", Move("47-3013", "31-1131", "lateral")),
            "The move 47-3013 → 31-1131 is in the crossovers already.",
            "Each stands once.",
        ),
        (
            ChangeMove("nursing", "29-2061", "31-1131", note="x"),
            "There is no move 29-2061 → 31-1131 in 'nursing'.",
            "There are: 31-1131 → 29-2061, 29-2061 → 29-1141.",
        ),
        (
            RetireMove("", "31-1131", "29-2061"),
            "There is no move 31-1131 → 29-2061 in the crossovers.",
            "There are: 47-3013 → 31-1131.",
        ),
        (
            RestoreMove("nursing", "31-1131", "29-2061"),
            "The move 31-1131 → 29-2061 is not retired.",
            "Only what",
        ),
    ],
)
def test_what_is_not_there_or_there_already_is_said(change, what, why):
    with pytest.raises(BadInput) as error:
        apply(TEXT, change, SOCS)
    assert error.value.what == what
    assert why in error.value.why
    assert error.value.next_step


def test_what_is_retired_is_restored_not_added_or_retired_again():
    after = done(TEXT, RetireStep("nursing", "31-1131"))
    for change in (
        AddStep("nursing", "31-1131", "entry"),
        AddMove("nursing", Move("31-1131", "29-2061", "advance")),
    ):
        with pytest.raises(BadInput, match=r"already\. It is retired\. Restore it"):
            apply(after, change, SOCS)
    for change in (RetireStep("nursing", "31-1131"), RetireMove("nursing", "31-1131", "29-2061")):
        with pytest.raises(BadInput, match="is retired already"):
            apply(after, change, SOCS)


@pytest.mark.parametrize("text", ["", "a: [", "\ud800", "[" * 5000, "a: 1\na: 2\n"])
def test_a_text_that_is_no_yaml_is_a_bad_file(text):
    with pytest.raises(BadFile, match=r"mine\.yaml"):
        apply(text, AIDE, SOCS, "mine.yaml")


@pytest.mark.parametrize(
    "text", ["a: 1\n", "- 1\n", "pathways: 3\n", "pathways: [1, [2], {id: [nursing]}]\n", "x"]
)
def test_a_text_without_pathways_has_none_to_change(text):
    for change in (AIDE, RetireMove("nursing", "31-1131", "29-2061"), RetireMove("", "31-1131", "29-2061")):
        with pytest.raises(BadInput, match="There is no"):
            apply(text, change, SOCS)


def test_long_lists_of_what_there_is_are_cut():
    text = "pathways:\n" + "".join(f"- id: p{i}\n" for i in range(45))
    with pytest.raises(BadInput, match=r"There are: p0, p1, .*, p39, … \(45 in all\)\."):
        apply(text, AddStep("none", "31-1120", "entry"), SOCS)


# ---- several changes at once ---------------------------------------------------------------------------


def test_several_changes_say_the_same_as_one_after_the_other():
    validated = {"status": "validated", "validated_on": "2026-11-25", "organisations": ("A", "B")}
    several = [
        ChangeMove("nursing", "31-1131", "29-2061", **validated),
        ChangeMove("nursing", "29-2061", "29-1141", **validated),
        AddStep("nursing", "31-9092", "trained"),
        AddMove("nursing", Move("31-1131", "31-9092", "advance")),
        AddMove("nursing", Move("31-9092", "29-1141", "advance")),
        RetireMove("", "47-3013", "31-1131"),
    ]
    one_by_one = done(TEXT, *several)
    assert apply_several(TEXT, several, SOCS) == one_by_one
    back = [RestoreMove("", "47-3013", "31-1131"), ChangeMove("", "47-3013", "31-1131", **validated)]
    found = read(apply_several(one_by_one, back, SOCS))  # the second builds on the first
    assert found.crossovers[0].status == "validated"


def test_of_several_changes_none_is_made_where_one_cannot_be():
    several = [RetireMove("", "47-3013", "31-1131"), RetireMove("nursing", "29-1141", "31-1131")]
    with pytest.raises(BadInput, match="no move"):
        apply_several(TEXT, several, SOCS)


# ---- the difference ------------------------------------------------------------------------------------


def test_the_difference_shows_what_changed_with_lines_around_it():
    assert difference(TEXT, TEXT) == []
    found = difference(TEXT, done(TEXT, ChangeStep("nursing", "29-1141", note="x")), context=1)
    assert found == [
        ("@", "16"),
        (" ", "      - {soc: 29-2061, stage: trained}  # Licensed Practical and Licensed Vocational Nurses"),
        ("-", "      - {soc: 29-1141, stage: skilled}  # Registered Nurses"),
        ("+", '      - {soc: 29-1141, stage: skilled, note: "x"}  # Registered Nurses'),
        (" ", "    moves:"),
    ]


def test_lines_that_look_like_signs_are_lines():
    assert difference("a\n@@ -1 +1 @@\n--- x\n", "b\n@@ -1 +1 @@\n+++ y\n") == [
        ("@", "1"),
        ("-", "a"),
        ("+", "b"),
        (" ", "@@ -1 +1 @@"),
        ("-", "--- x"),
        ("+", "+++ y"),
    ]
