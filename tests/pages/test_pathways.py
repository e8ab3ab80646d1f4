"""The Pathways page: maps, lists, routes, versions; what is withheld, wrong or hostile."""

import html
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from lmi.domain.pathways import Move
from lmi.places import ROOT
from lmi.presentation.formats import format_money
from lmi.sources import audience_file
from lmi.ui import pathway_words
from tests.pages.conftest import Open, figure, figures, marks, part, texts, words

AUDIENCES = {a.id: a for a in audience_file.load_audiences(ROOT / "pathways.yaml")}
HOSTILE = "<img src=x onerror=alert(1)> **bold** [a](b) =1+1"


def links(app: AppTest, name: str) -> list[str]:
    """Where the links of one list lead: 'steps', 'jobs' or 'routes'."""
    found = re.search(rf'data-testid="{name}">(.*?)$', texts(app), re.DOTALL | re.MULTILINE)
    assert found, f"no {name}"
    return [html.unescape(href) for href in re.findall(r'href="([^"]*)"', found[1])]


def test_the_answer_is_what_the_map_shows(open_page: Open) -> None:
    app = open_page("pathways", area="12420", path="nursing")
    said = part(app, "answer")
    assert said == (
        "Nursing and emergency care leads to 2 jobs in demand in Austin: from $28,370 to $97,890 a year, "
        "in about 2–3.5 years."  # aide to nursing assistant 1–4 months, to registered nurse 24–36
    )
    assert "no employer has validated any of these" in words(app)
    assert "(draft, not published yet)" in words(app)
    shown = marks(app, "pathway-nursing")
    assert {"31-1131", "29-2061", "29-1141"} <= shown
    title = html.unescape(figure(app, "pathway-nursing")["title"])
    assert "$28,370" in title
    assert "$97,890" in title


def test_the_time_from_every_entry_point_to_the_goals_is_told(open_page: Open) -> None:
    told = words(open_page("pathways", area="12420", path="plumbing"))
    assert "From each entry point to the goals" in told
    assert re.search(
        r"Pipelayers.* → Plumbers, Pipefitters, and Steamfitters: about \S+ years, \d move", told
    )


def test_without_a_choice_the_first_pathway_in_demand_is_shown(open_page: Open) -> None:
    assert "Nursing" in part(open_page("pathways", area="12420"), "answer")
    by_job = open_page("pathways", area="12420", soc="49-9021")
    assert part(by_job, "answer").startswith("Heating, cooling and building systems")
    assert "How do people get here?" in words(by_job)


def test_every_pathway_can_be_shown_in_a_city_a_tiny_area_and_an_island(open_page: Open) -> None:
    """Lawton withholds much, and CPS does not reach Puerto Rico."""
    for area in ("30020", "72", "R-austin-san-antonio", "US"):
        app = open_page("pathways", area=area)
        ids = re.findall(r"path=([a-z_]+)", texts(app))
        assert len(set(ids)) == 19, area
        for path in dict.fromkeys(ids[:19]):
            app.text_input(key="path").set_value(path).run()
            assert not app.exception
            assert "Something needs your attention" not in [h.value for h in app.header], (area, path)
            assert "$0" not in words(app).replace("$0.", ""), (area, path)
            said = part(app, "answer")
            climbs = re.search(r"from \$([\d,]+) to (?:≥ )?\$([\d,]+)", said)
            if climbs:
                low, high = (int(pay.replace(",", "")) for pay in climbs.groups())
                assert low < high, said
            assert "none of them in demand" not in said or "judged" not in said, said
            assert not re.search(r"\bnan\b", words(app), re.IGNORECASE), (area, path)
    assert "CPS does not cover it" in words(open_page("pathways", area="72"))


def test_withheld_pay_is_said_and_never_zero(open_page: Open) -> None:
    app = open_page("pathways", area="12420", path="electrical", pathview="list")
    told = words(app)
    assert re.search(r"Helpers--Electricians pay not published · openings a year not published", told)
    assert "demand cannot be judged" in told
    assert "pays 48% more in the nation" in told


def test_the_list_holds_the_same_jobs_and_moves_as_the_map(open_page: Open) -> None:
    on_map = open_page("pathways", area="12420", path="plumbing", suggest="no")
    jobs = {soc for soc in marks(on_map, "pathway-plumbing") if re.fullmatch(r"\d\d-\d{4}", soc)}
    app = open_page("pathways", area="12420", path="plumbing", suggest="no", pathview="list")
    assert not [f for f in figures(app) if "pathway" in f]
    listed = set(re.findall(r"soc=(\d\d-\d{4})", " ".join(links(app, "steps"))))
    assert jobs == listed
    assert all(
        link.startswith("./occupation?") for link in links(app, "steps") if not link.startswith("http")
    )
    assert "Journeyman plumber license (TX rule)" in words(app)
    assert "Not checked in a source yet: time." in words(app)
    assert "Source: " in words(app)


def test_the_explorer_has_the_same_jobs_as_links_beside_it(open_page: Open) -> None:
    app = open_page("pathways", area="12420", path="plumbing", suggest="no", pathview="explore")
    frame = app.get("iframe")
    assert len(frame) == 1
    jobs = set(re.findall(r"soc=(\d\d-\d{4})", " ".join(links(app, "jobs"))))
    assert jobs == {s for s in marks(open_page("pathways", path="plumbing", suggest="no"), "pathway-plumbing")
                    if re.fullmatch(r"\d\d-\d{4}", s)}  # fmt: skip


def test_suggestions_are_off_for_the_public_and_on_for_staff(open_page: Open) -> None:
    app = open_page("pathways", area="12420", path="nursing")
    assert app.toggle(key="w_suggest").value is True
    for audience in ("students", "jobseekers", "policymakers"):
        app.text_input(key="audience").set_value(audience).run()
        assert app.toggle(key="w_suggest").value is False, audience
    before = marks(app, "pathway-nursing")
    app.toggle(key="w_suggest").set_value(True).run()
    assert app.text_input(key="suggest").value == "yes"
    assert before < marks(app, "pathway-nursing")


def told_numbers(app: AppTest) -> set[str]:
    """Every number of the stepped list and of the answer."""
    steps = re.search(r'data-testid="steps">(.*?)$', texts(app), re.DOTALL | re.MULTILINE)
    assert steps
    shown = re.sub(r"<[^>]+>", " ", steps[1]) + part(app, "answer")
    return set(re.findall(r"\$?\d[\d,.]*%?", html.unescape(shown)))


def test_the_audience_changes_detail_and_order_but_no_number(open_page: Open) -> None:
    same = {"area": "12420", "path": "nursing", "suggest": "no"}
    plain = open_page("pathways", pathview="list", **same)
    answers, orders, questions = {part(plain, "answer")}, set(), set()
    for name, audience in AUDIENCES.items():
        app = open_page("pathways", audience=name, pathview="list", **same)
        assert told_numbers(app) <= told_numbers(plain), name
        assert len(told_numbers(app)) > 20, name
        answers.add(part(app, "answer"))
        questions.add(part(app, "question"))
        assert html.escape(audience.leads["pathways"]) in texts(app)
        heads = re.findall(r'lmi-heading">(.*?)</h2>', texts(app))
        assert ("Edit the pathways" in heads) == (name == "coordinators")
        orders.add(tuple(heads))
    assert len(answers) == 1
    assert len(questions) == len(AUDIENCES)
    assert len(orders) == 5  # educators and employers read in one order
    students = open_page("pathways", audience="students", **same)
    assert "1,055 a year" not in " ".join(figures(students))  # no openings on the students' map
    assert "1,055 a year" in " ".join(figures(open_page("pathways", **same)))


def test_a_click_looks_at_a_job_and_says_where_it_leads(open_page: Open) -> None:
    app = open_page("pathways", area="12420", path="electrical", soc="47-2111")
    told = words(app)
    assert "How do people get here?" in told
    assert "Where can I go from here?" in told
    assert re.search(r"← Helpers--Electricians", told)
    assert "Open the profile of Electricians" in told
    gone = open_page("pathways", area="12420", path="nursing", soc="47-2111")
    assert "How do people get here?" not in words(gone)


def test_routes_between_two_jobs_and_from_one(open_page: Open) -> None:
    app = open_page("pathways", area="12420", path="nursing", **{"from": "31-1131", "to": "29-1141"})
    told = words(app)
    assert re.search(r"\d moves? · ", told)
    first = re.findall(r"soc=(\d\d-\d{4})", " ".join(links(app, "routes")))
    assert first[0] == "31-1131"
    assert "29-1141" in first
    one = open_page("pathways", area="12420", path="nursing", **{"from": "35-3023"})
    assert "Where can I go from here?" in words(one)
    back = open_page("pathways", area="12420", path="nursing", to="29-1141")
    assert "How do people get here?" in words(back)
    same = open_page("pathways", area="12420", **{"from": "29-1141", "to": "29-1141"})
    assert "A route joins two occupations" in words(same)


def test_who_validated_a_move_and_when_is_said_wherever_it_stands(open_page: Open, own_file: Path) -> None:
    text = own_file.read_text(encoding="utf-8")
    start = text.index("      - from: 47-3013", text.index("  - id: electrical"))
    start = text.index("        to: 47-2111", start)
    at = text.index("        status: proposed\n", start)
    own_file.write_text(
        text[:at] + '        status: validated\n        validated_on: 2026-11-20\n'
        '        organisations: ["One Works"]\n' + text[at:].replace("        status: proposed\n", "", 1),
        encoding="utf-8",
    )  # fmt: skip
    said = "Validated by employers, 2026-11-20: One Works"
    assert said in words(open_page("pathways", area="12420", path="electrical", pathview="list"))
    assert said in words(open_page("pathways", area="12420", path="electrical", soc="47-2111"))
    assert said in words(open_page("occupation", area="12420", soc="47-2111"))
    route = open_page("pathways", area="12420", **{"from": "47-3013", "to": "47-2111"})
    assert said in words(route)
    assert "1 of " in words(open_page("pathways", area="12420", path="electrical"))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(4, 4, "4 months"), (1, 1, "1 month"), (12, 24, "12–24 months"), (15, 30, "1.5–2.5 years"),
     (3, 42, "3 months to 3.5 years"), (0, 36, "0–3 years"), (45, 45, "4 years"), (None, 3, "")],
)  # fmt: skip
def test_a_time_is_said_in_months_then_in_half_years(low: float | None, high: float, said: str) -> None:
    assert pathway_words.span(low, high) == said


def test_licenses_of_another_state_are_said_to_be(open_page: Open) -> None:
    here = open_page("pathways", area="12420", path="nursing", suggest="no")
    assert "Licenses are named by the rules of" not in words(here)
    for area in ("30020", "72", "US"):
        told = words(open_page("pathways", area=area, path="nursing", suggest="no"))
        assert "Licenses are named by the rules of TX; in another state, ask the board" in told, area


@pytest.mark.parametrize(
    ("part_", "value", "said"),
    [
        ("path", "<b>x</b>", "No pathway '<b>x</b>'"),
        ("pathview", "cube", "No picture 'cube'. Known: map, explore, list"),
        ("suggest", "perhaps", "No answer 'perhaps'"),
        ("from", "99-9999", "99-9999"),
        ("to", "29-0000", "is a group"),
    ],
)
def test_what_the_address_gets_wrong_is_named(open_page: Open, part_: str, value: str, said: str) -> None:
    app = open_page("pathways", area="12420", **{part_: value})
    assert said in " ".join(element.value for element in app.text)
    assert "Nursing" in part(app, "answer")


def test_a_broken_file_leaves_the_last_good_one_and_says_what_is_wrong(
    open_page: Open, own_file: Path
) -> None:
    good = own_file.read_text(encoding="utf-8")
    assert "Nursing" in part(open_page("pathways", area="12420"), "answer")
    own_file.write_text(good.replace("soc: 29-2061", "soc: 29-2063", 1), encoding="utf-8")
    app = open_page("pathways", area="12420", path="nursing")
    assert "Nursing" in part(app, "answer")
    told = words(app)
    assert "no occupation has the code 29-2063" in told
    assert "nearest: 29-2061" in told
    assert re.search(r"pathways\.yaml, line \d+", told)
    own_file.write_text("version: [", encoding="utf-8")
    app = open_page("pathways", area="12420", path="nursing")
    assert "not valid YAML" in words(app)
    assert "Nursing" in part(app, "answer")


def test_a_file_without_pathways_says_so(open_page: Open, own_file: Path, built: Path) -> None:
    (built / "pathways.last-good.yaml").unlink(missing_ok=True)
    text = own_file.read_text(encoding="utf-8")
    own_file.write_text(
        text[text.index("audiences:") : text.index("# Sources that were read")], encoding="utf-8"
    )
    app = open_page("pathways", area="12420")
    assert part(app, "answer") == "No pathway is written down yet."
    for page in ("overview", "occupation"):
        open_page(page, area="12420", soc="47-2111")


def test_hostile_words_in_the_file_stay_text(open_page: Open, own_file: Path) -> None:
    text = own_file.read_text(encoding="utf-8")
    text = text.replace('name: "Nursing and emergency care"', f'name: "{HOSTILE}"', 1)
    text = text.replace('name: "Healthcare"', f'name: "{HOSTILE} field"', 1)
    text = text.replace("name: Healthcare", f'name: "{HOSTILE} field"', 1)
    changed = re.sub(r'(\n        credential: )"[^"]*"', rf'\1"{HOSTILE} credential"', text, count=1)
    assert changed != text
    own_file.write_text(changed, encoding="utf-8")
    for shown in ("map", "explore", "list"):
        app = open_page("pathways", area="12420", path="nursing", pathview=shown)
        markup = "".join(e.value for e in app.get("html"))
        assert "<img" not in markup, shown
        assert html.escape(HOSTILE) in markup
        assert f"{HOSTILE} credential" in words(app)
        for chart in figures(app):
            assert "<img" not in chart
        for frame in app.get("iframe"):
            assert "<img src=x" not in frame.proto.srcdoc
    profile = open_page("occupation", area="12420", soc="29-1141")
    assert "<img" not in "".join(e.value for e in profile.get("html"))


def test_an_occupation_says_where_it_leads_and_from_where_people_come(open_page: Open) -> None:
    app = open_page("occupation", area="12420", soc="47-2111")
    told = words(app)
    assert "Where it leads" in told
    assert re.search(r"← Helpers--Electricians", told)
    assert re.search(r"→ First-Line Supervisors of Construction Trades", told)
    assert "Electrical work on the map" in told
    assert (
        "Source: Texas Department of Licensing and Regulation" in told
    )  # what the journeyman license rests on
    assert "Not checked in a source yet: time." in told
    group = open_page("occupation", area="12420", soc="47-0000")
    assert "not between groups" in words(group)
    assert format_money(60390) in told


def test_employers_of_validated_moves_are_counted_once_and_others_are_no_names() -> None:
    moves = [
        Move("31-1131", goal, "advance", status="validated", organisations=(name,))
        for goal, name in (("29-1141", "Acme Inc."), ("29-2061", "ACME"))
    ]

    def said(*live: Move) -> str:
        held = SimpleNamespace(version=SimpleNamespace(name="1", status="draft"))
        found = SimpleNamespace(pathway=SimpleNamespace(live_moves=live))
        return pathway_words.standing(held, found, [])

    assert said(*moves).startswith("2 of 2 moves validated by 1 organization. ")
    unnamed = replace(moves[0], organisations=("organization 1 (not named)", "organization 2 (not named)"))
    proposed = Move("31-1131", "29-2061", "advance")
    assert said(unnamed, proposed).startswith(
        "1 of 2 moves validated by at least 2 organizations; the others are proposed. "
    )
