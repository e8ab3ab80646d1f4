from pathlib import Path

import pytest

from lmi.domain.errors import BadFile
from lmi.domain.rules import Combination, Criterion
from lmi.places import ROOT
from lmi.sources import rule_files

RULES = ROOT / "data" / "rules"
HEAD = "default: A\nrules:\n  - id: A\n    name: N\n    short: S\n    says: W\n    source: Q\n    test:\n"
FINE = '{field: employment, name: J, op: ">=", value: 50}'
PAY = "{field: wage_median, name: J, op: '>=', value: 17, unit: USD / hour, "


def rules(folder: Path, test: str, head: str = HEAD):
    path = folder / "in_demand.yaml"
    body = "".join(f"      {line}\n" for line in test.splitlines())
    path.write_text(head + body, encoding="utf-8")
    return rule_files.load_rules(path)


def test_the_committed_rules_load():
    assert rule_files.load_rules(RULES / "middle_skill.yaml").ids() == [
        "EDU+OJT",
        "EDU",
        "GROUP",
        "WAGE",
        "FED",
        "JZ",
    ]
    demand = rule_files.load_rules(RULES / "in_demand.yaml")
    assert demand.default in demand.ids()
    assert len(demand.ids()) >= 6


def test_published_thresholds_are_as_published():
    """Numbers of the published rules, as the definitions quote them."""
    demand = rule_files.load_rules(RULES / "in_demand.yaml")
    tier = {c.field: (c.op, c.value, c.year) for c in demand["colorado_tier1"].criteria()}
    assert tier == {
        "openings_per_year": (">", 40, 2021),
        "growth_pct": (">", 10, None),
        "wage_median": (">", 31.19, 2021),
    }
    assert [c.value for c in demand["colorado_tier2"].criteria()] == [40, 10, 16.35]
    assert [(c.op, c.value) for c in demand["ohio"].criteria()] == [(">=", 0.8), (">", 20), (">", 620)]
    assert [(c.op, c.value) for c in demand["washington"].criteria()] == [
        (">=", 50),
        (">=", 0.9),
        (">=", 0.0008),
    ]
    assert demand["tennessee"].test.tests[0].needed == 2
    wage = rule_files.load_rules(RULES / "middle_skill.yaml")["WAGE"].criteria()[-1]
    assert (wage.value, wage.year, wage.deflate, wage.unit) == (17, 2014, True, "USD / hour")


def test_tests_nest(tmp_path):
    test = rules(
        tmp_path, f"all:\n  - {FINE}\n  - any: [{FINE}, {FINE}]\n  - at_least: {{count: 1, of: [{FINE}]}}"
    )["A"].test
    assert isinstance(test, Combination)
    assert test.needed == 3
    assert [inner.needed for inner in test.tests[1:]] == [1, 1]
    assert isinstance(test.tests[0], Criterion)


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("{field: emploment, name: J, op: \">=\", value: 50}", "'emploment' is not known (nearest"),
        ("{field: employment, name: J, op: \"=>\", value: 50}", "'=>' is not known"),
        ("{field: employment, name: J, op: in, value: [1]}", "'in' does not fit employment"),
        ("{field: typical_education, name: J, op: \">=\", value: 3}", "'>=' does not fit typical_education"),
        ("{field: employment, name: J, op: \">=\", value: fifty}", "fifty is not valid"),
        ("{field: employment, name: J, op: \">=\", value: .inf}", "is not valid"),
        ("{field: employment, name: J, op: \">=\", value: 1.0e+400}", "is not valid"),
        ("{field: employment, name: J, op: \">=\"}", "'value' is missing"),
        ("{field: employment, name: J, op: \">=\", value: 1, tresh: 2}", "unknown key 'tresh'"),
        ("{field: employment, name: J, op: \">=\", value: 1, of: area_jobs}", "'area_jobs' is not known"),
        ("{field: employment, name: J, op: \">=\", value: 1, of: area_wage_median}", "cannot be compared"),
        ("{field: wage_median, name: J, op: \">=\", value: 1, of: area_employment}", "cannot be compared"),
        ("{field: wage_median, name: J, op: \">=\", value: 35000, unit: USD / year}", "'USD / hour'"),
        (PAY + "deflate: true}", "without a year"),
        (PAY + "deflate: 1, year: 2014}", "true or false"),
        (PAY + "year: 14}", "from 1990 to 2100"),
        ("all: []", "no test stands here"),
        ("any:", "no test stands here"),
        (f"all: [{FINE}]\nany: [{FINE}]", "'any' stands beside 'all'"),
        (f"all: [{FINE}]\nfield: employment", "'field' stands beside 'all'"),
        (f"at_least: {{count: 3, of: [{FINE}]}}", "from 1 to 1"),
        (f"at_least: {{of: [{FINE}]}}", "'count' is missing"),
        ("[1, 2]", "a list or plain value stands here"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_test_is_named(tmp_path, test, words):
    with pytest.raises(BadFile) as error:
        rules(tmp_path, test)
    assert error.value.what.startswith("in_demand.yaml, line ")
    assert "rules[1].test" in error.value.what
    assert words in error.value.line()
    assert error.value.why.startswith("Accepted: ")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("default: A", "default: B", "'B' is not known"),
        ("    says: W\n", "", "'says' is missing"),
        ("    name: N\n", "    name: ''\n", "is not text"),
        ("rules:", "rulez:", "unknown key 'rulez'"),
    ],
)
def test_a_mistake_around_a_test_is_named(tmp_path, old, new, words):
    assert old in HEAD
    with pytest.raises(BadFile) as error:
        rules(tmp_path, FINE, HEAD.replace(old, new))
    assert words in error.value.line()


def test_an_id_stands_once(tmp_path):
    twice = HEAD + f"      {FINE}\n" + HEAD.split("rules:\n")[1]
    with pytest.raises(BadFile, match=r"line 9, rules\[2\]|the id A stands twice"):
        rules(tmp_path, FINE, twice)


WEIGHTS = "default: a\npresets:\n  - {id: a, name: A, weights: {openings: 40, wage: 25}}\n"


def weights(folder: Path, content: str):
    path = folder / "weights.yaml"
    path.write_text(content, encoding="utf-8")
    return rule_files.load_weights(path)


def test_the_default_preset_comes_first(tmp_path):
    content = WEIGHTS.replace("default: a", "default: b") + "  - {id: b, name: B, weights: {growth: 1}}\n"
    assert [p.id for p in weights(tmp_path, content)] == ["b", "a"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{openings: 40, wage: 25}", "{openings: 0, wage: 0}", "all weights are 0"),
        ("{openings: 40, wage: 25}", "{}", "all weights are 0"),
        ("wage: 25", "wages: 25", "unknown key 'wages'; did you mean 'wage'?"),
        ("wage: 25", "wage: -1", "from 0 to 1000"),
        ("wage: 25", "wage: much", "much is not valid"),
        ("default: a", "default: z", "'z' is not known"),
        ("  - {id: a", "  - {id: a, name: A, weights: {wage: 1}}\n  - {id: a", "the id a stands twice"),
    ],
)
def test_a_mistake_in_weights_is_named(tmp_path, old, new, words):
    assert old in WEIGHTS
    with pytest.raises(BadFile) as error:
        weights(tmp_path, WEIGHTS.replace(old, new))
    assert error.value.what.startswith("weights.yaml, line ")
    assert words in error.value.line()
