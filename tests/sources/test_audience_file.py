import pytest

from lmi.domain.errors import BadFile
from lmi.places import ROOT
from lmi.sources import audience_file

TEXT = """audiences:
  default: students
  list:
    - id: students
      name: Students
      asks: What?
      headings:
        overview: "In {place}?"
        demand: "Near {place}?"
        occupation: "What is {occupation}?"
        representation: "Who in {place}?"
        training: "Where in {place}?"
      leads: {overview: A, demand: B, occupation: C, representation: D, training: E}
      profile_order: [pay, openings, demand, requirements, people, skills, training, compare, map, figures]
"""


def load(folder, text=TEXT):
    path = folder / "pathways.yaml"
    path.write_text(text, encoding="utf-8")
    return audience_file.load_audiences(path)


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
    assert set(found.headings) == set(found.leads) == {
        "overview", "demand", "occupation", "representation", "training",
    }  # fmt: skip
    assert {"people", "skills", "training", "compare"} < set(found.profile_order)


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
        ("people, skills,", "people,", "a section is missing or stands twice"),
        ("compare, map,", "compare, compare, map,", "a section is missing or stands twice"),
        ("leads: {overview: A, ", "leads: {", "'overview' is missing"),
        ("[pay, openings,", "[pay, pay,", "a section is missing or stands twice"),
        ("[pay, openings,", "[pay,", "a section is missing or stands twice"),
        ("[pay, openings,", "[pays, openings,", "nearest: pay"),
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
