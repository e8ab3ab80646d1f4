from pathlib import Path

import pytest

from lmi.domain.errors import BadFile
from lmi.domain.settings import Settings
from lmi.places import ROOT
from lmi.sources import settings_file

COMMITTED = ROOT / "data" / "local" / "settings.yaml"
STATES = {"US": "", "48": "48", "40": "40", "12": "12", "06": "06", "72": "72", "12420": "48", "41700": "48",
          "26420": "48", "36420": "40", "16980": "17 18", "4800006": "48", "0100001": "01"}  # fmt: skip
SOCS = ("29-1141", "51-2092", "47-2111")
TEXT = """organisation: {name: Board, contact: ""}
default_area: "12420"
default_audience: students
default_skill_rule: EDU
default_demand_rule: ohio
default_weights: balanced
living_wage_usd_hour: 21.5
colours: {accent: "#0072B2"}
target_occupations: [29-1141]
exceptions:
  - {soc: 51-2092, area: "12420", organisation: Maker, date: 2026-10-01, reason: Plant}
regions:
  - {code: R-corridor, name: Corridor, areas: ["12420", "41700"]}
"""


def load(folder: Path, text: str = TEXT) -> Settings:
    path = folder / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return settings_file.load_settings(
        path, STATES, ["students", "employers"], ["EDU", "JZ"], ["ohio"], ["balanced"], SOCS
    )


def test_what_is_written_is_what_is_read(tmp_path):
    found = load(tmp_path)
    assert (found.organisation, found.contact, found.default_area) == ("Board", "", "12420")
    assert (found.living_wage_usd_hour, found.accent) == (21.5, "#0072B2")
    assert found.target_occupations == ("29-1141",)
    assert (found.exceptions[0].soc, found.exceptions[0].date) == ("51-2092", "2026-10-01")
    assert found.regions[0].areas == ("12420", "41700")


@pytest.mark.parametrize("code", ["06", "0100001", "R-corridor", "US", "12420", "'48'"])
def test_any_area_or_region_may_be_the_default_quoted_or_not(tmp_path, code):
    found = load(tmp_path, TEXT.replace('default_area: "12420"', f"default_area: {code}"))
    assert found.default_area == code.strip("'")


def test_what_may_be_left_out(tmp_path):
    kept = TEXT.split("target_occupations")[0].replace("living_wage_usd_hour: 21.5\n", "")
    found = load(tmp_path, kept)
    assert found.living_wage_usd_hour is None
    assert (found.target_occupations, found.exceptions, found.regions) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('default_area: "12420"', "default_area: 99999", 2, "'99999' is not known"),
        ('default_area: "12420"', "default_area: 012", 2, "'012' is not known"),
        ('default_area: "12420"', "default_area:", 2, "'nothing' is not known"),
        ('default_area: "12420"', "defaultarea: US", 2, "did you mean 'default_area'?"),
        ("default_audience: students", "default_audience: student", 3, "nearest: students"),
        ("default_skill_rule: EDU", "default_skill_rule: EDUC", 4, "nearest: EDU"),
        ("default_demand_rule: ohio", "default_demand_rule: [ohio]", 5, "'a list' is not known"),
        ("default_weights: balanced", "default_weights: 1", 6, "balanced"),
        ("living_wage_usd_hour: 21.5", "living_wage_usd_hour: 21,50", 7, "a number from 1 to 500"),
        ("living_wage_usd_hour: 21.5", "living_wage_usd_hour: 0", 7, "a number from 1 to 500"),
        ("living_wage_usd_hour: 21.5", "living_wage_usd_hour: true", 7, "a number from 1 to 500"),
        ("living_wage_usd_hour: 21.5", "living_wage_usd_hour: 45000", 7, "a number from 1 to 500"),
        ('"#0072B2"', '"#0072BG"', 8, "a colour such as '#0072B2', in quotes"),
        ('"#0072B2"', "blue", 8, "a colour such as"),
        ('"#0072B2"', "#0072B2", 8, "not valid YAML"),
        ('"#0072B2"', '"#FFFF00"', 8, "a contrast of 1.1:1 on white"),
        ("[29-1141]", "[29-1142]", 9, "no occupation has the code 29-1142"),
        ("[29-1141]", "[29-1142]", 9, "nearest: 29-1141"),
        ("[29-1141]", "[291141]", 9, "is not text"),
        ("[29-1141]", "29-1141", 9, "is not a list"),
        ("soc: 51-2092", "soc: 51-2093", 11, "no occupation has the code 51-2093"),
        (' area: "12420"', ' area: "12421"', 11, "'12421' is not known (nearest: 12420)"),
        ("date: 2026-10-01", "date: 2026-13-01", 11, "there is no day 2026-13-01"),
        ("date: 2026-10-01", "date: October", 11, "a date such as"),
        (", reason: Plant", "", 11, "'reason' is missing"),
        ("reason: Plant", "resaon: Plant", 11, "did you mean 'reason'?"),
        ("code: R-corridor", "code: Corridor", 13, "a code such as R-capital-corridor"),
        ('["12420", "41700"]', '["12420"]', 13, "two or more different areas"),
        ('["12420", "41700"]', '["12420", "12420"]', 13, "two or more different areas"),
        ('["12420", "41700"]', '["12420", "48"]', 13, "overlap, so jobs would count twice"),
        ('["12420", "41700"]', '["4800006", "48"]', 13, "overlap"),
        ('["12420", "41700"]', '["US", "72"]', 13, "overlap"),
        ('["12420", "41700"]', '["12420", "R-corridor"]', 13, "'R-corridor' is not known"),
        ('["12420", "41700"]', '["12420", "41701"]', 13, "'41701' is not known (nearest: 41700)"),
        ("organisation: {name: Board", "organisation: {name: 7", 1, "7 is not text"),
        ("organisation: {name: Board", "organisation: {nam: Board", 1, "did you mean 'name'?"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_file_line_and_what_is_accepted(tmp_path, old, new, line, words):
    assert old in TEXT
    with pytest.raises(BadFile) as error:
        load(tmp_path, TEXT.replace(old, new))
    assert error.value.what.startswith("settings.yaml, line ")
    if "YAML" not in words:
        assert f"line {line}," in error.value.what or f"line {line}:" in error.value.what
    assert words in error.value.line()


@pytest.mark.parametrize(
    "areas", ['["48", "40"]', '["12420", "36420"]', '["12420", "4800006"]', '["12420", "40"]']
)
def test_areas_side_by_side_make_a_region(tmp_path, areas):
    assert len(load(tmp_path, TEXT.replace('["12420", "41700"]', areas)).regions[0].areas) == 2


def test_a_state_overlaps_every_metro_that_reaches_into_it(tmp_path):
    """Chicago lies in Illinois and Indiana: it overlaps either state."""
    states = STATES | {"18": "18"}
    path = tmp_path / "settings.yaml"
    path.write_text(TEXT.replace('["12420", "41700"]', '["16980", "18"]'), encoding="utf-8")
    with pytest.raises(BadFile, match=r"16980 and 18 overlap|18 and 16980 overlap"):
        settings_file.load_settings(path, states, ["students"], ["EDU"], ["ohio"], ["balanced"])


def test_a_long_list_of_codes_is_cut_to_the_nearest(tmp_path):
    states = STATES | {f"{n:05}": "48" for n in range(50_000, 50_500)}
    path = tmp_path / "settings.yaml"
    path.write_text(TEXT.replace('default_area: "12420"', "default_area: 12421"), encoding="utf-8")
    with pytest.raises(BadFile) as error:
        settings_file.load_settings(path, states, ["students"], ["EDU"], ["ohio"], ["balanced"])
    assert "12420" in error.value.why
    assert len(error.value.line()) < 250


def test_a_region_code_stands_once(tmp_path):
    with pytest.raises(BadFile, match="the code R-corridor stands twice"):
        load(tmp_path, TEXT + '  - {code: R-corridor, name: Again, areas: ["12420", "26420"]}\n')


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#FFFFFF", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#0072B2", 5.19)],
)
def test_contrast_with_white_is_wcags(colour, ratio):
    assert settings_file.contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)


def test_the_committed_settings_name_the_default_region(real_desk):
    assert real_desk.settings.default_area == "12420"
    assert COMMITTED.is_file()


def test_coordinators_and_the_database_may_be_named(tmp_path):
    more = (
        "coordinators:\n  - Ana@example.org\n  - bo+lmi@mail.example.org\ndatabase: postgresql://lmi@db/lmi\n"
    )
    assert load(tmp_path, TEXT + more).coordinators == ("Ana@example.org", "bo+lmi@mail.example.org")
    assert load(tmp_path, f"{TEXT}coordinators: []\ndatabase: ''\n").coordinators == ()


@pytest.mark.parametrize(
    "entry", ["ana", "ana@example", "a b@example.org", "Ana <ana@example.org>", "a@b.org,c@d.org"]
)
def test_a_coordinator_is_one_address(tmp_path, entry):
    with pytest.raises(BadFile, match=r"settings.yaml, line 15, coordinators\[1\].*an e-mail address"):
        load(tmp_path, f"{TEXT}coordinators:\n  - {entry}\n")


@pytest.mark.parametrize("text", ["mysql://u:secret@h/d", "contributions.sqlite", "12", "[a]", "{a: b}"])
def test_a_database_is_a_url_and_what_is_none_is_not_repeated(tmp_path, text):
    with pytest.raises(BadFile, match=r"line 14, database: that is no database") as error:
        load(tmp_path, f"{TEXT}database: {text}\n")
    assert "secret" not in error.value.line()
