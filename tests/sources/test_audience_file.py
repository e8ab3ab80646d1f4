import re

import pytest

from lmi.domain.audience_words import WORDS
from lmi.domain.errors import BadFile
from lmi.domain.settings import MapDetail
from lmi.places import ROOT
from lmi.sources import audience_file, rule_files

SAYS = {"middle_skill": " middle-skill", "middle_skills": " middle-skill"}
WORD_LINES = "".join(f"        {key}: Word {key}{SAYS.get(key, '')}\n" for key in WORDS)
TEXT = f"""audiences:
  default: students
  list:
    - id: students
      name: Students
      asks: What?
      headings:
        overview: "In {{place}}?"
        demand: "Near {{place}}?"
        occupation: "What is {{occupation}}?"
        representation: "Who in {{place}}?"
        training: "Where in {{place}}?"
        pathways: "Whither in {{place}}?"
        events: "What now in {{place}}?"
        convening: "Who says so in {{place}}?"
        comments: "Says who?"
        data: "Whence?"
      leads: {{overview: A, demand: B, occupation: C, representation: D, training: E, pathways: F,
               events: H, convening: I, comments: J, data: G}}
      words:
{WORD_LINES}\
      profile_order: [pay, openings, demand, requirements, people, skills, training, paths, events,
                      compare, map, figures]
      overview: {{tiles: [in_demand, openings, pay, jobs], lists: [growing, paying, gap, share]}}
      demand: {{columns: [rank, occupation, range, note], blocks: [evidence, rules]}}
      representation: {{blocks: [pipeline]}}
      training: {{blocks: [limit, programs]}}
      pathways: {{blocks: [rungs, moves]}}
      events: {{blocks: [list, impact]}}
      data: {{blocks: [methods]}}
      defaults:
        weights: growth
        edu: [Associate's degree, "Some college, no degree"]
        pay: 40000
        view: pay
        group: women
        base: local
        pathview: list
      map: {{pay: true, demand: false, openings: true, times: false, suggested: false, most: 12}}
"""
OTHER = """    - id: others
      name: Others
      asks: What else?
      headings: {overview: a, demand: b, occupation: c, representation: d, training: e, pathways: f,
                 events: h, convening: i, comments: j, data: g}
      leads: {overview: A, demand: B, occupation: C, representation: D, training: E, pathways: F,
              events: H, convening: I, comments: J, data: G}
      words: {jobs: Posts}
      profile_order: [pay]
      overview: {tiles: [jobs, openings, pay, in_demand], lists: [share, growing, paying, gap]}
      demand: {columns: [occupation], blocks: []}
      representation: {blocks: []}
      training: {blocks: []}
      pathways: {blocks: []}
      events: {blocks: []}
      data: {blocks: []}
      map: {pay: true, demand: true, openings: true, times: true, suggested: true, most: 40}
"""


def load(folder, text=TEXT):
    path = folder / "pathways.yaml"
    path.write_text(text, encoding="utf-8")
    return audience_file.load_audiences(path, ["growth", "pay"])


def test_the_committed_audiences_load_and_their_headings_can_be_filled():
    audiences = audience_file.load_audiences(ROOT / "pathways.yaml")
    assert [a.id for a in audiences][:2] == ["coordinators", "students"]
    assert len(audiences) == 6
    for audience in audiences:
        for heading in audience.headings.values():
            assert "{" not in heading.format(place="Austin", occupation="Electricians")


def test_an_audience_is_read(tmp_path):
    (found,) = load(tmp_path)
    assert found.headings["occupation"] == "What is {occupation}?"
    assert found.profile_order[0] == "pay"
    assert set(found.headings) == set(found.leads) == set(audience_file.PAGES)
    assert found.words["jobs"] == "Word jobs"
    assert found.tiles == ("in_demand", "openings", "pay", "jobs")
    assert found.lists == ("growing", "paying", "gap", "share")
    assert found.columns == ("rank", "occupation", "range", "note")
    assert found.blocks == {
        "demand": ("evidence", "rules"), "representation": ("pipeline",), "training": ("limit", "programs"),
        "pathways": ("rungs", "moves"), "events": ("list", "impact"), "data": ("methods",),
    }  # fmt: skip
    assert found.defaults == {
        "weights": "growth", "edu": "Associate's degree|Some college, no degree", "pay": "40000",
        "view": "pay", "group": "women", "base": "local", "pathview": "list",
    }  # fmt: skip
    assert found.map == MapDetail(True, False, True, False, False, 12)


def test_an_audience_takes_the_words_of_the_default_one_and_may_leave_blocks_out(tmp_path):
    _, other = load(tmp_path, TEXT + OTHER)
    assert other.words["jobs"] == "Posts"
    assert other.words["rank"] == "Word rank"
    assert set(other.words) == set(WORDS)
    assert other.defaults == {}
    assert other.profile_order == ("pay",)
    assert other.blocks["training"] == ()


def test_presets_are_only_checked_where_they_are_known(tmp_path):
    path = tmp_path / "pathways.yaml"
    path.write_text(TEXT.replace("weights: growth", "weights: luck"), encoding="utf-8")
    assert audience_file.load_audiences(path)[0].defaults["weights"] == "luck"
    with pytest.raises(BadFile, match="'luck' is not known"):
        audience_file.load_audiences(path, ["growth"])


def test_every_default_of_the_committed_file_is_accepted_by_the_pages():
    presets = [p.id for p in rule_files.load_weights(ROOT / "data" / "rules" / "weights.yaml")]
    audiences = audience_file.load_audiences(ROOT / "pathways.yaml", presets)
    assert not audiences[0].defaults
    for audience in audiences[1:]:
        assert audience.defaults
    assert [a.id for a in audiences if a.map.suggested] == ["coordinators", "educators", "employers"]


def test_openings_are_never_called_vacancies_or_postings():
    for audience in audience_file.load_audiences(ROOT / "pathways.yaml"):
        for key, word in audience.words.items():
            assert not re.search(r"vacanc|posting|\bhires\b|\bads\b", word.lower()), (audience.id, key)
        assert "opening" in audience.words["openings_a_year"].lower()
        assert "pay" in audience.words["median_pay"].lower()
        assert "middle-skill" in audience.words["middle_skill"]


def test_the_guide_names_every_key():
    guide = (ROOT / "docs" / "audiences.md").read_text(encoding="utf-8")
    names = [*WORDS, *audience_file.COLUMNS, *audience_file.PROFILE_SECTIONS, *audience_file.DEFAULTS,
             *audience_file.TILES, *audience_file.LISTS, *audience_file._KEYS, *audience_file._MAP,
             *(block for blocks in audience_file.BLOCKS.values() for block in blocks)]  # fmt: skip
    assert [name for name in names if f"`{name}`" not in guide] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("default: students", "default: pupils", "'pupils' is not known"),
        ("id: students", "id: Students 1", "1 to 20 small letters"),
        ("      asks: What?\n", "", "'asks' is missing"),
        ("asks: What?", "ask: What?", "did you mean 'asks'?"),
        ("In {place}?", "In {plce}?", "{place} and {occupation}"),
        ("In {place}?", "In {?", "{place} and {occupation}"),
        ("In {place}?", "In {place.__class__}?", "{place} and {occupation}"),
        ("Who in {place}?", "Who in {plce}?", "{place} and {occupation}"),
        ('        representation: "Who in {place}?"\n', "", "'representation' is missing"),
        ('        training: "Where in {place}?"\n', "", "'training' is missing"),
        ("        training: ", "        trainings: ", "did you mean 'training'?"),
        (", training: E", "", "'training' is missing"),
        (", pathways: F", "", "'pathways' is missing"),
        ('        pathways: "Whither in {place}?"\n', "", "'pathways' is missing"),
        ("compare, map,", "compare, compare, map,", "one stands twice"),
        ("leads: {overview: A, ", "leads: {", "'overview' is missing"),
        ("[pay, openings,", "[pay, pay,", "one stands twice"),
        ("[pay, openings,", "[pays, openings,", "nearest: pay"),
        ("leads: {overview: A,", "leads: {overview: 'A {place}',", "a text without braces"),
        ("        jobs: Word jobs\n", "", "no word for jobs"),
        ("        jobs: Word jobs\n", "        job: Word jobs\n", "did you mean 'jobs'?"),
        ("        jobs: Word jobs\n", "        jobs: ''\n", "1 to 80 characters without braces"),
        ("        jobs: Word jobs\n", "        jobs: '{place}'\n", "1 to 80 characters without braces"),
        ("Word openings_a_year", "Jobs to fill", "a text that says 'opening'"),
        ("Word middle_skill middle-skill\n", "Good job\n", "a text that says 'middle-skill'"),
        ("Word jobs\n", "Job postings\n", "openings are neither vacancies nor postings"),
        ("[in_demand, openings, pay, jobs]", "[in_demand, openings, pay]", "one is missing"),
        ("[in_demand, openings, pay, jobs]", "[in_demand, openings, pay, pay]", "one stands twice"),
        ("[growing, paying, gap, share]", "[growing, paying, gap, shares]", "nearest: share"),
        ("[rank, occupation, range, note]", "[rank, range, note]", "the column 'occupation' is missing"),
        ("[rank, occupation, range, note]", "[rank, occupation, note]", "'rank' stands without"),
        ("[rank, occupation, range, note]", "[rank, occupation, range]", "'rank' stands without"),
        ("[rank, occupation, range, note]", "[occupation, luck]", "'luck' is not known"),
        ("blocks: [evidence, rules]", "blocks: [evidence, rule]", "nearest: rules"),
        ("blocks: [pipeline]", "blocks: [programs]", "heat, ladder, pipeline"),
        ("blocks: [limit, programs]", "columns: [limit]", "unknown key 'columns'"),
        ("blocks: [methods]", "blocks: methods", "is not a list"),
        ("weights: growth", "weights: luck", "growth, pay"),
        ("view: pay", "view: cube", "rank, pay, category"),
        ("group: women", "group: men", "'men' is not known"),
        ("base: local", "base: moon", "all, group, state, local"),
        ("pay: 40000", "pay: much", "a number from 1 to 1e+06"),
        ("pathview: list", "pathview: 7", "map, explore, list"),
        ("[rungs, moves]", "[rungs, leaps]", "moves, rungs, routes, pathways, editor"),
        ("[Associate's degree,", "[Associates,", "nearest: Associate's degree"),
        ('[Associate\'s degree, "Some college, no degree"]', "[]", "no level stands here"),
        ("        pay: 40000\n", "        levels: all\n", "unknown key 'levels'"),
        ("        pay: 40000\n", "        area: '48'\n", "unknown key 'area'"),
        ("suggested: false, most", "suggested: perhaps, most", "true or false"),
        ("most: 12", "most: 4", "from 5 to 40"),
        ("most: 12", "most: 12.5", "a whole number"),
        (", most: 12", "", "'most' is missing"),
        ("name: Students", "name: ''", "1 to 200 characters"),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, words):
    assert TEXT.count(old) == 1
    with pytest.raises(BadFile) as error:
        load(tmp_path, TEXT.replace(old, new))
    assert error.value.what.startswith("pathways.yaml, line ")
    assert words in error.value.line()


def test_an_id_stands_once(tmp_path):
    with pytest.raises(BadFile, match="the id students stands twice"):
        load(tmp_path, TEXT + TEXT.split("  list:\n")[1])
