"""pathways.yaml: what is read, and every mistake with its line, its place and what is accepted."""

import re

import pytest

from lmi.domain.errors import BadFile
from lmi.domain.pathways import Move, Reference, Step, Version
from lmi.sources.pathway_values import is_version_name, nearest_codes
from lmi.sources.pathways_file import check_pathways, check_text, load_pathways, version_of
from tests.sources.small_pathways import SOCS, TEXT


def problems(text: str) -> list[str]:
    return [problem.line() for problem in check_text(text, SOCS)[1]]


def line_of(part: str, text: str = TEXT) -> int:
    """The number of the first line that holds a text."""
    return next(i for i, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_small_file_is_read_in_full():
    found, wrong = check_text(TEXT, SOCS)
    assert wrong == []
    assert found.version == Version("test-1", "draft", "2026-11-24", "For the tests.")
    assert [c.id for c in found.clusters] == ["health", "trades"]
    assert found.sources == (
        Reference("board", "Rules of the board", "A board", "https://example.org/rules", "2026-11-24"),
    )
    nursing, electrical = found.pathways
    assert nursing.targets == ("29-1141",)
    assert nursing.steps[0] == Step("31-1131", "entry", "proposed", "")
    assert nursing.moves == (
        Move(
            "31-1131",
            "29-2061",
            "advance",
            (12, 18),
            "Vocational nursing certificate",
            "Vocational nurse license",
            "TX",
            "proposed",
            sources=("board",),
        ),
        Move(
            "29-2061",
            "29-1141",
            "advance",
            (12, 24),
            "Associate degree in nursing",
            "Registered nurse license",
            "TX",
            "validated",
            "2026-11-20",
            ("One Hospital", "Two Hospital"),
            ("board",),
            ("time",),
        ),
    )
    assert electrical.moves[0].months == (48, 48)
    assert [m.pair for m in found.crossovers] == [("47-3013", "31-1131")]


def test_file_and_text_are_read_alike(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT, encoding="utf-8")
    assert check_pathways(path, SOCS) == check_text(TEXT, SOCS, "mine.yaml")
    assert load_pathways(path, SOCS) == check_text(TEXT, SOCS)[0]
    path.write_text(TEXT.replace("stage: skilled", "stage: high"), encoding="utf-8")
    there, here = check_pathways(path, SOCS)[1], check_text(path.read_text(), SOCS, "mine.yaml")[1]
    assert [p.line() for p in there] == [p.line() for p in here]
    assert there[0].what.startswith("mine.yaml, line 17, pathways[1].steps[3].stage: ")


def test_the_first_problem_is_raised_with_how_many_more_there_are(tmp_path):
    path = tmp_path / "pathways.yaml"
    path.write_text(TEXT.replace("stage: skilled", "stage: high"), encoding="utf-8")
    with pytest.raises(BadFile) as error:
        load_pathways(path, SOCS)
    assert "line 17" in error.value.what
    assert error.value.next_step.endswith(" And 1 more: python -m lmi pathways check.")
    path.write_text(TEXT.replace('name: "Nursing"', "name: ''"), encoding="utf-8")
    with pytest.raises(BadFile) as error:
        load_pathways(path, SOCS)
    assert "more" not in error.value.next_step
    with pytest.raises(BadFile, match=r"gone\.yaml is missing"):
        load_pathways(tmp_path / "gone.yaml", SOCS)
    assert check_pathways(tmp_path / "gone.yaml", SOCS)[0] is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("soc: 31-1131", 'soc: "31-1131"'),
        ("soc: 31-1131", "soc: '311131'"),
        ("soc: 31-1131", "soc: 311131"),
        ("soc: 31-1131", "soc: 31-1131.00"),
        ("soc: 31-1131", "soc: 31.1131"),
        ("validated_on: 2026-11-20", 'validated_on: "2026-11-20"'),
        ("date: 2026-11-24", 'date: "2026-11-24"'),
        ('read: "2026-11-24"', "read: 2026-11-24"),
        ("months: 48", "months: [48, 48]"),
        ("months: 48", "months: [48.0, 48]"),
        ("    targets: [29-1141]", "    targets:\n    - 29-1141"),
    ],
)
def test_codes_and_dates_may_stand_without_quotes(old, new):
    assert TEXT.count(old) == 1
    assert check_text(TEXT.replace(old, new), SOCS) == check_text(TEXT, SOCS)


# What is replaced by what, a part of the line at which the problem stands, its place, what is said of it.
VALUES = [
    ('name: "test-1"', "name: ../x", "version:", "version.name", "1 to 40 letters"),
    ('name: "test-1"', "name: '..'", "version:", "version.name", "at both ends"),
    ('name: "test-1"', "name: .hidden", "version:", "version.name", "at both ends"),
    ('name: "test-1"', "name: 'a/b'", "version:", "version.name", "1 to 40 letters"),
    ('name: "test-1"', "name: nul.2026", "version:", "version.name", "some computers keep"),
    ('name: "test-1"', "name: 2026.1", "version:", "version.name", "in quotes if it looks like a number"),
    ("status: draft", "status: final", "version:", "version.status", "draft, published, frozen"),
    ("date: 2026-11-24", "date: 2026-02-30", "version:", "version.date", "there is no day 2026-02-30"),
    ("date: 2026-11-24", "date: 24.11.2026", "version:", "version.date", "a date such as 2026-11-24"),
    (
        "https://example.org/rules",
        "javascript:alert(1)",
        "Rules of the board",
        "sources[1].url",
        "begins with https://",
    ),
    (
        "https://example.org/rules",
        "https://a b",
        "Rules of the board",
        "sources[1].url",
        "begins with https://",
    ),
    ('read: "2026-11-24"', 'read: "today"', "Rules of the board", "sources[1].read", "a date such as"),
    ("id: board", "id: Board", "Rules of the board", "sources[1].id", "small letters, digits and _"),
    ("id: board", "id: no", "Rules of the board", "sources[1].id", "is not text"),
    ("id: health", "id: 1health", "Care for people", "clusters[1].id", "small letters, digits and _"),
    ('name: "Health"', f'name: "{"x" * 61}"', "Care for people", "clusters[1].name", "1 to 60 characters"),
    (
        "cluster: trades",
        "cluster: trade",
        "cluster: trade",
        "pathways[2].cluster",
        "Accepted: health, trades.",
    ),
    (
        "soc: 47-3013",
        "soc: 47-3014",
        "{soc: 47-30",
        "pathways[2].steps[1].soc",
        "such as 29-1141; nearest: 47-3013 Helpers--Electricians; 47-2111 Electricians;",
    ),
    ("soc: 47-3013", "soc: helper", "{soc: helper", "pathways[2].steps[1].soc", "'helper' is no SOC code"),
    ("soc: 47-3013", "soc: ''", "{soc: ''", "pathways[2].steps[1].soc", "'' is no SOC code"),
    ("soc: 47-3013", "soc: [a]", "{soc: [", "pathways[2].steps[1].soc", "a list is not text"),
    ("soc: 47-3013", "soc: ４7-3013", "{soc: ４", "pathways[2].steps[1].soc", "no occupation has the code"),
    ("from: 47-3013\n", "from: 47\n", "from: 47", "pathways[2].moves[1].from", "'47' is no SOC code"),
    (
        "to: 29-1141",
        "to: 29-1142",
        "to: 29-1142",
        "pathways[1].moves[2].to",
        "nearest: 29-1141 Registered Nurses",
    ),
    (
        "stage: trained",
        "stage: middle",
        "{soc: 29-2061",
        "steps[2].stage",
        "entry, trained, skilled, advanced",
    ),
    ("kind: lateral", "kind: sideways", "kind: s", "crossovers[1].kind", "advance, lateral"),
    ("months: 48", "months: 181", "months: 181", "moves[1].months", "a number from 0 to 180"),
    ("months: 48", "months: -1", "months: -1", "moves[1].months", "a number from 0 to 180"),
    ("months: 48", "months: four", "months: four", "moves[1].months", "a number from 0 to 180"),
    ("months: 48", "months: .nan", "months: .nan", "moves[1].months", "a number from 0 to 180"),
    ("months: 48", "months: [18, 12]", "months: [18", "moves[1].months", "18 comes before 12"),
    ("months: 48", "months: [18]", "months: [18", "moves[1].months", "1 of the two numbers"),
    ("months: 48", "months: [1, 2, 3]", "months: [1,", "moves[1].months", "3 of the two numbers"),
    ("months: 48", "months: [1, true]", "months: [1,", "moves[1].months[2]", "True is not valid"),
    ("months: 48", "months: {low: 1}", "months: {", "moves[1].months", "a mapping is not valid"),
    (
        'license"\n        state: TX\n        status: proposed',
        'license"\n        state: ZZ\n        status: proposed',
        "state: ZZ",
        "moves[1].state",
        "'ZZ' is not known",
    ),
    (
        "validated_on: 2026-11-20",
        "validated_on: 2026-13-01",
        "validated_on",
        "validated_on",
        "no day 2026-13-01",
    ),
    ('["One Hospital", ', "['', ", "organisations", "organisations[1]", "1 to 120 characters"),
    ('["One Hospital", "Two Hospital"]', "one", "organisations", "moves[2].organisations", "is not a list"),
    (
        "unchecked: [time]\n  - id",
        "unchecked: [pay]\n  - id",
        "unchecked: [pay]",
        "unchecked[1]",
        "time, credential, license",
    ),
    (
        "status: proposed}",
        "status: perhaps}",
        "status: perhaps",
        "crossovers[1].status",
        "proposed, validated, retired",
    ),
    ("{from: 47-3013, ", "{", "31-1131, kind", "crossovers[1]", "'from' is missing"),
    ('    about: "Care for patients."\n', "", "- id: nursing", "pathways[1]", "'about' is missing"),
    ("kind: lateral", "kinds: lateral", "kinds:", "crossovers[1].kinds", "did you mean 'kind'?"),
    ("crossovers:", "crossover:", "crossover:", "crossover", "did you mean 'crossovers'?"),
    ("targets: [29-1141]", "targets: 29-1141", "targets:", "pathways[1].targets", "is not a list"),
    (
        "  - {from: 47-3013, to: 31-1131, kind: lateral, status: proposed}",
        "  - 47-3013",
        "  - 47-3013",
        "crossovers[1]",
        "a list or plain value stands here",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "place", "words"), VALUES, ids=lambda v: str(v)[:30])
def test_a_value_that_is_not_accepted_is_named_with_its_line_and_place(old, new, line, place, words):
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    found = [p for p in problems(text) if words in p]
    assert len(found) == 1
    number = line_of(line, text)
    assert found[0].startswith(f"pathways.yaml, line {number}, ")
    assert f"{place}: " in found[0]


LAUGHS = "".join(
    f"{n}: &{n} [*{before}, *{before}]\n"
    for before, n in zip("abcdefghijklmnopq", "bcdefghijklmnopqr", strict=True)
)
STEP = "      - {soc: 47-2111, stage: skilled}\n"
MOVE = "      - from: 47-3013\n        to: 47-2111\n        kind: advance\n        months: 48\n"
END = "  - {from: 47-3013, to: 31-1131, kind: lateral, status: proposed}"
RULES = [
    # duplicates
    (
        "  - {id: trades,",
        "  - {id: health,",
        [
            (7, "clusters[2]", "the cluster id 'health' stands twice (first in line 6)"),
            (43, "cluster", "no cluster has the id 'trades'"),
        ],
    ),
    (
        "clusters:\n",
        '  - {id: board, title: t, publisher: p, url: "", read: 2026-01-01}\nclusters:\n',
        [(5, "sources[2]", "the source id 'board' stands twice (first in line 4)")],
    ),
    (
        "id: electrical",
        "id: nursing",
        [(41, "pathways[2]", "the pathway id 'nursing' stands twice (first in line 9)")],
    ),
    ('"Electrical work"', '"Nursing"', [(41, "pathways[2]", "the pathway name 'Nursing' stands twice")]),
    (STEP, STEP * 2, [(49, "steps[3]", "the step '47-2111' stands twice (first in line 48)")]),
    ("[47-2111]", "[47-2111, 47-2111]", [(45, "targets[2]", "the target '47-2111' stands twice")]),
    (
        MOVE,
        MOVE + "        status: proposed\n        unchecked: [time]\n" + MOVE,
        [(56, "moves[2]", "the move 47-3013 → 47-2111 stands twice")],
    ),
    (
        END,
        END + "\n" + END,
        [(58, "crossovers[2]", "the crossover 47-3013 → 31-1131 stands twice (first in line 57)")],
    ),
    (
        END,
        END + "\n  - {from: 47-3013, to: 47-2111, kind: advance, status: proposed}",
        [(58, "crossovers[2]", "the move stands in 'electrical' already")],
    ),
    # targets, steps, orphans
    (
        "[29-1141]",
        "[31-1120]",
        [(13, "targets[1]", "31-1120 Home Health and Personal Care Aides is not a step of 'nursing'")],
    ),
    ("[29-1141]", "[]", [(9, "pathways[1]", "the pathway 'nursing' has no target")]),
    (
        "{soc: 29-1141, stage: skilled}",
        "{soc: 29-1141, stage: skilled, status: retired}",
        [
            (13, "targets[1]", "choose another target in the file first"),
            (29, "moves[2]", "the step 29-1141 Registered Nurses is retired"),
        ],
    ),
    (
        STEP,
        STEP + "      - {soc: 31-1120, stage: entry}\n",
        [(49, "steps[3]", "no move leads to or from 31-1120 Home Health and Personal Care Aides")],
    ),
    (
        "to: 47-2111\n",
        "to: 31-1120\n",
        [
            (48, "steps[2]", "no move leads to or from 47-2111"),
            (
                50,
                "moves[1]",
                "steps of the pathway: 47-3013, 47-2111; moves to others belong under crossovers",
            ),
        ],
    ),
    ("to: 31-1131, kind", "to: 31-1120, kind", [(57, "crossovers[1]", "Aides is a step of no pathway")]),
    # a move on its own
    (
        "to: 47-2111\n",
        "to: 47-3013\n",
        [(48, "steps[2]", "no move leads"), (50, "moves[1]", "47-3013 leads to itself")],
    ),
    (
        "        sources: [board]\n        unchecked",
        "        sources: [board, law]\n        unchecked",
        [(39, "moves[2].sources", "no source has the id 'law'. Accepted: board.")],
    ),
    (
        "        unchecked: [time]\ncross",
        "cross",
        [(50, "moves[1]", "no source is named for the time. Accepted: a source, or unchecked: [time]")],
    ),
    (
        "        state: TX\n        status: proposed\n        sources: [board]\n",
        "        status: proposed\n",
        [(20, "moves[1]", "no source is named for the time and the credential and the license")],
    ),
    (
        "        validated_on: 2026-11-20\n",
        "",
        [(36, "moves[2].status", "lacks its day or its organisations")],
    ),
    (
        '        organisations: ["One Hospital", "Two Hospital"]\n',
        "",
        [(36, "moves[2].status", "lacks its day or its organisations")],
    ),
    (
        "status: validated",
        "status: proposed",
        [(36, "moves[2].status", "a proposed move carries a validation")],
    ),
    # stages and directions
    (
        STEP,
        STEP + "      - {soc: 29-2061, stage: skilled}\n",
        [(49, "steps[3]", "no move leads"), (49, "steps[3]", "is 'skilled' here and 'trained' in 'nursing'")],
    ),
    ("{soc: 47-2111, stage: skilled}", "{soc: 47-2111, stage: entry}", []),
    (
        "{soc: 29-2061, stage: trained}",
        "{soc: 29-2061, stage: advanced}",
        [(31, "moves[2].kind", "leads back, from 'advanced' (29-2061 Licensed")],
    ),
    (
        "to: 31-1131, kind",
        "to: 29-2061, kind",
        [
            (
                57,
                "crossovers[1].kind",
                "a lateral move leads from 'entry' (47-3013 Helpers--Electricians) to 'trained'",
            )
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), RULES, ids=lambda v: str(v).strip()[:40])
def test_a_rule_between_the_parts_is_named_at_each_place(old, new, expected):
    assert TEXT.count(old) == 1, old
    found = [p.replace("'", "") for p in problems(TEXT.replace(old, new))]
    assert len(found) == len(expected), found
    for text, (line, place, words) in zip(found, expected, strict=True):
        assert text.startswith(f"pathways.yaml, line {line}, ")
        assert f"{place}: " in text
        assert words.replace("'", "") in text


def loop(*pairs: tuple[str, str]) -> str:
    """The small file with all its steps at one stage, and more advances between pathways."""
    flat = re.sub(r"stage: \w+", "stage: entry", TEXT)
    return flat + "".join(
        f"\n  - {{from: {start}, to: {goal}, kind: advance, status: proposed}}" for start, goal in pairs
    )


def test_a_loop_of_advances_is_named_once_at_its_last_move():
    found = problems(loop(("29-1141", "47-3013"), ("47-2111", "31-1131")))
    assert len(found) == 1
    assert found[0].startswith("pathways.yaml, line 60, crossovers[3]: advancing moves go round in a loop: ")
    chain = found[0].split("loop: ")[1].split(". Accepted")[0].split(" → ")
    assert chain[0] == chain[-1]
    assert {name[:7] for name in chain} == {"31-1131", "29-2061", "29-1141", "47-3013", "47-2111"}


def test_each_of_several_loops_is_named():
    found = problems(loop(("29-1141", "31-1131"), ("47-2111", "47-3013")))
    assert [p.split(", ")[1] for p in found] == ["line 59", "line 60"]
    assert all("round in a loop" in p for p in found)


def test_lateral_and_retired_moves_make_no_loop():
    back = loop(("29-1141", "31-1131"))
    assert problems(back.replace("to: 31-1131, kind: advance", "to: 31-1131, kind: lateral")) == []
    assert problems(back[: -len("proposed}")] + "retired}") == []


def test_what_is_retired_is_kept_without_being_held_to_the_rules_of_the_living():
    text = TEXT.replace(STEP, STEP + "      - {soc: 31-1120, stage: entry, status: retired}\n")
    text = text.replace(
        MOVE,
        "      - {from: 31-1120, to: 47-2111, kind: lateral, months: 3, status: retired, "
        "unchecked: [time]}\n" + MOVE,
    )
    assert problems(text) == []
    found, _ = check_text(text, SOCS)
    assert [s.soc for s in found.pathways[1].live_steps] == ["47-3013", "47-2111"]
    elsewhere = STEP + "      - {soc: 29-2061, stage: skilled, status: retired}\n"
    assert problems(TEXT.replace(STEP, elsewhere)) == []  # another stage on record does not count


def test_a_pathway_of_one_living_step_needs_no_move():
    text = TEXT.replace("47-3013, stage: entry}", "47-3013, stage: entry, status: retired}")
    head, tail = text[: text.index(MOVE)], text[text.index(MOVE) :]
    tail = tail.replace("status: proposed", "status: retired")
    assert problems(head + tail) == []


def test_all_problems_are_told_at_once_in_the_order_of_their_lines():
    text = (
        TEXT.replace("status: draft, date: 2026-11-24", "status: done, date: soon")
        .replace("{soc: 31-1131, stage: entry}", "{soc: 31-1130, stage: low, hue: red}")
        .replace("kind: lateral", "kind: up")
        .replace("months: 48", "months: many")
        .replace("cluster: trades", "cluster: arts")
    )
    found = problems(text)
    assert [re.match(r"pathways\.yaml, line (\d+), ([\w.\[\]]+): ", p).groups() for p in found] == [
        ("2", "version.status"),
        ("2", "version.date"),
        ("15", "pathways[1].steps[1].hue"),
        ("15", "pathways[1].steps[1].soc"),
        ("15", "pathways[1].steps[1].stage"),
        ("43", "pathways[2].cluster"),
        ("53", "pathways[2].moves[1].months"),
        ("57", "crossovers[1].kind"),
    ]


@pytest.mark.parametrize(
    "gone", ['    name: "Nursing"\n', "    cluster: health\n", "    targets: [29-1141]\n"]
)
def test_what_could_not_be_read_makes_no_problems_elsewhere(gone):
    assert TEXT.count(gone) == 1
    found = problems(TEXT.replace(gone, ""))
    assert len(found) == 1
    assert "is missing" in found[0]


def test_a_step_that_could_not_be_read_is_not_said_to_be_on_no_pathway():
    (problem,) = problems(TEXT.replace("{soc: 47-3013, stage: entry}", "{soc: 47-3013}"))
    assert "line 47, pathways[2].steps[1]: 'stage' is missing" in problem


def test_names_that_are_missing_are_no_doubles():
    text = TEXT.replace('    name: "Nursing"\n', "").replace('    name: "Electrical work"\n', "")
    assert [p.split(": ")[1].split(".")[0] for p in problems(text)] == ["'name' is missing"] * 2


def test_a_bad_name_does_not_hide_what_is_inside():
    text = TEXT.replace('    name: "Nursing"\n', "").replace(
        "{soc: 29-2061, stage: trained}", "{soc: 29-2061}"
    )
    assert [p.split(": ")[1] for p in problems(text)] == [
        "'name' is missing. Accepted",
        "'stage' is missing. Accepted",
    ]
    assert [p.id for p in check_text(text, SOCS)[0].pathways] == ["electrical"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("# nothing\n", "is empty"),
        ("- a\n", "a list or plain value stands here"),
        ("version: {name: a, status: draft, date: 2026-01-01}\n", "no pathway stands in the file"),
        ("pathways: []\n", "'version' is missing"),
        ("version: [1]\npathways: []\n", "a list or plain value stands here"),
        (TEXT + "\npathways: []\n", "the key stands twice"),
        (TEXT.replace("    steps:", "\tsteps:"), "not valid YAML"),
        ("a: &a [*a]\n", "contains itself"),
        ("a: &a [x, x]\n" + LAUGHS, "aliases repeat too much"),
        ("[" * 5000 + "]" * 5000, "nested too deeply"),
        ("a: !!python/object/apply:os.system [true]\n", "unknown key 'a'"),
        ("? [a]\n: b\n", "a key is no text"),
        ("a: \0\n", "not valid YAML"),
        ("a: \ud800\n", "half a character"),
        ("--- 1\n--- 2\n", "not valid YAML"),
    ],
    ids=lambda v: repr(v[:25]),
)
def test_hostile_and_empty_texts_are_refused(text, words):
    found, wrong = check_text(text, SOCS)
    assert any(words in p.line() for p in wrong)
    assert all(isinstance(p, BadFile) and p.next_step for p in wrong)
    assert found is None or not found.pathways


@pytest.mark.parametrize("key", ["version", "sources", "clusters", "pathways", "crossovers"])
@pytest.mark.parametrize(
    "value", ["7", "text", "[7]", "[[]]", "[{}]", "{}", "{a: b}", "null", "[null]", "true"]
)
def test_no_shape_of_a_part_brings_the_reader_down(key, value):
    parts = dict.fromkeys(("version", "sources", "clusters", "pathways", "crossovers"), "")
    for part in re.split(r"\n(?=[a-z])", TEXT[TEXT.index("version") :]):
        parts[part.split(":")[0]] = part
    wrong = check_text("\n".join({**parts, key: f"{key}: {value}"}.values()), SOCS)[1]
    fine = key in ("sources", "crossovers", "clusters") and value == "null"
    assert all(re.match(r"pathways\.yaml, line \d+", p.what) for p in wrong)
    assert bool(wrong) or (fine and key == "crossovers")


def test_an_anchor_may_be_used():
    text = TEXT.replace("unchecked: [time]\n  - id", "unchecked: &t [time]\n  - id")
    assert problems(text.replace("unchecked: [time]", "unchecked: *t")) == []


def test_the_nearest_codes_share_the_most_digits():
    assert nearest_codes("29-1142", SOCS) == ["29-1141", "29-2061", "31-1131"]
    assert nearest_codes("31-1132", SOCS, 2) == ["31-1131", "31-1120"]
    assert nearest_codes("31-1132", {}) == []
    assert "nearest" not in check_text(TEXT, {})[1][0].line()


def test_the_version_is_read_alone():
    assert version_of(TEXT.replace("stage: entry", "stage: none"), "x.yaml").name == "test-1"
    with pytest.raises(BadFile, match=r"x\.yaml, line 2, version\.status.*And 1 more"):
        version_of(TEXT.replace("status: draft, date: 2026-11-24", "status: d, date: x"), "x.yaml")
    with pytest.raises(BadFile, match="'version' is missing"):
        version_of("pathways: []\n", "x.yaml")


@pytest.mark.parametrize(
    "name", ["2026.1", "test-1", "a", "Zürich 2", "x" * 40, "console", "com10", "com", "a..b"]
)
def test_names_of_versions(name):
    assert is_version_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "/etc",
        "a.",
        "a ",
        " a",
        "-rf",
        "con",
        "NUL.yaml",
        "Com1",
        "lpt9.x",
        "aux .b",
        "com¹",
        "x" * 41,
        "a\nb",
        "a\0b",
        "a:b",
        "C:x",
        "~",
        "a*",
        "_",
    ],
)
def test_names_that_are_no_file_names_everywhere(name):
    assert not is_version_name(name)
