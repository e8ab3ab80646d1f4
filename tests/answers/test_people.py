"""Who works where: shares as published, at the level for which they are published, or not at all."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from lmi.answers import export
from lmi.answers.people import baselines, clusters, ladder, pipeline, representation
from lmi.answers.profile_people import share_figures
from lmi.answers.ranking import rank
from lmi.answers.request import request_from_text
from lmi.domain.errors import BadInput
from lmi.domain.groups import GROUPS
from lmi.domain.requirements import RUNGS
from lmi.warehouse import people

FIELDS = [group.share_field for group in GROUPS]


@pytest.fixture(scope="module")
def of_area(real_desk):
    """Representation of all occupations of an area against a baseline; one ranking for each area."""
    rankings = {}

    def ask(area="48", baseline="all"):
        if area not in rankings:
            rankings[area] = rank(real_desk, request_from_text(real_desk, area, "all"))
        return representation(real_desk, rankings[area], baseline)

    return ask


def test_how_many_occupations_have_which_row(real_desk):
    """DATA_NOTES, section 3: 829 of 830 get a row, 564 one with published percents, 426 one to one."""
    shares = real_desk.shares
    assert shares.match.value_counts().to_dict() == {"own": 426, "wider": 400, "joined": 3}
    assert shares.women_pct.notna().sum() == 564
    assert "41-2012" not in shares.index
    published = shares[FIELDS].notna()
    assert (published.all(axis=1) == published.any(axis=1)).all(), "the four groups share one base"


@pytest.mark.parametrize(
    ("soc", "employed", "shares"),
    [("47-2111", 1_063_000, {"women_pct": 3.5, "hispanic_pct": 25.0}),
     ("29-1141", 3_528_000, {"women_pct": 87.3, "black_pct": 16.0})],
)  # fmt: skip
def test_spot_checks_15_and_16(real_desk, soc, employed, shares):
    row = real_desk.shares.loc[soc]
    assert (row["match"], row.employed) == ("own", employed)
    assert {name: row[name] for name in shares} == shares


def test_nothing_is_published_below_50000_people(real_desk):
    rows = real_desk.shares
    own = rows[rows["match"] == "own"]
    assert own[own.employed < 50_000][FIELDS].isna().all().all()
    assert own[own.employed >= 50_000][FIELDS].notna().all().all()


def test_joined_rows_are_means_by_people(real_desk):
    """Home health aides and personal care aides are two CPS rows and one occupation of OEWS."""
    row = real_desk.shares.loc["31-1120"]
    titles = row.cps_titles.split("; ")
    assert titles == ["Personal care aides", "Home health aides"]
    with real_desk.warehouse.cursor() as cursor:
        parts = cursor.execute(
            "select employed, women_pct from cps_occupation where cps_title = any($1)", [titles]
        ).fetchall()
    assert row.employed == sum(count for count, _ in parts)
    mean = sum(count * share for count, share in parts) / row.employed
    assert row.women_pct == pytest.approx(mean, abs=0.05)
    figure = share_figures(real_desk, "31-1120", real_desk.area("48"))["share_women"]
    assert figure.basis == "estimated"
    assert "weighted by people employed" in figure.note


class TestFigures:
    def figures(self, desk, soc, area="48", baseline="all"):
        return share_figures(desk, soc, desk.area(area), baseline)

    def test_electricians_by_hand(self, real_desk):
        # 3.5 - 47.1 = -43.6; 3.5 / 47.1 = 0.0743
        women = self.figures(real_desk, "47-2111")["share_women"].as_json()
        assert (women["value"], women["unit"], women["basis"]) == (3.5, "percent", "published")
        assert (women["baseline"], women["gap_pp"], women["parity"]) == (47.1, -43.6, 0.074)
        assert women["published_for"] == "Electricians"
        assert (women["area"], women["period"]) == ("United States", "2025")
        assert "no local one is published" in women["note"]

    def test_a_wider_row_is_named(self, real_desk):
        women = self.figures(real_desk, "35-2014")["share_women"].as_json()
        assert (women["match"], women["published_for"]) == ("wider", "Cooks")
        assert "wider than the occupation" in women["note"]
        assert "Cooks" in women["note"]

    def test_a_withheld_share_is_none_and_offers_its_group(self, real_desk):
        found = self.figures(real_desk, "11-1031", "US")
        withheld = list(real_desk.shares.index[real_desk.shares.women_pct.isna()])[:40]
        for figures in (found, *(self.figures(real_desk, soc) for soc in withheld)):
            for figure in figures.values():
                told = figure.as_json()
                assert told["value"] is None
                assert told["gap_pp"] is None
                assert told["parity"] is None
                assert told["note"]
        example = self.figures(real_desk, "11-3111")["share_women"].as_json()
        assert "fewer than 50,000 people in Compensation and benefits managers" in example["note"]
        assert f"Its group, {example['group']}: {example['group_share']:.1f}%" in example["note"]
        assert example["group_share"] > 0

    def test_no_row_at_all_says_so(self, real_desk):
        women = self.figures(real_desk, "41-2012")["share_women"].as_json()
        assert (women["value"], women["published_for"], women["group_share"]) == (None, None, None)
        assert women["note"] == "CPS has no row for it."

    def test_the_states_baseline(self, real_desk):
        """Spot check 27: 6,163,329 of 13,491,168 employed in Texas are women: 45.7%."""
        women = self.figures(real_desk, "47-2111", "48", "state")["share_women"].as_json()
        assert women["baseline"] == round(100 * 6_163_329 / 13_491_168, 1) == 45.7
        assert women["gap_pp"] == pytest.approx(3.5 - 45.7)
        assert women["baseline_name"] == "Texas, all employed, 2018"

    def test_the_groups_baseline(self, real_desk):
        told = self.figures(real_desk, "47-2111", "48", "group")["share_women"].as_json()
        assert told["baseline"] == told["group_share"]
        assert told["gap_pp"] == pytest.approx(told["value"] - told["group_share"])

    def test_an_unknown_baseline_is_refused(self, real_desk):
        """Falling back to another baseline in silence would answer a question that nobody asked."""
        with pytest.raises(BadInput, match="all, group, state"):
            self.figures(real_desk, "47-2111", "48", "nonsense")


class TestBaselines:
    def test_which_exist(self, real_desk):
        assert list(baselines(real_desk, real_desk.area("48"))) == ["all", "group", "state"]
        assert "local" not in baselines(real_desk, real_desk.area("12420")), "no metro is in the bundle"

    def test_all_employed(self, real_desk):
        base = baselines(real_desk, real_desk.area("48"))["all"]
        assert base.shares == {"women": 47.1, "black": 12.7, "asian": 7.5, "hispanic": 20.0}
        assert base.period == "2025"

    def test_texas_and_its_margin(self, real_desk):
        base = baselines(real_desk, real_desk.area("12420"))["state"]
        assert base.name == "Texas, all employed, 2018"
        assert base.shares["women"] == 45.7
        assert 0.05 < base.margins["women"] < 1

    def test_two_states_together_by_hand(self, real_desk):
        """Chicago lies in Illinois and Indiana: people are added before they are divided."""
        rows = real_desk.workforce.set_index(["area_code", "group_id"]).people
        women = sum(int(rows[code, "women"]) for code in ("17", "18"))
        everyone = sum(int(rows[code, "all"]) for code in ("17", "18"))
        base = baselines(real_desk, real_desk.area("16980"))["state"]
        assert base.name == "Illinois and Indiana, all employed, 2018"
        assert base.shares["women"] == round(100 * women / everyone, 1)

    def test_a_group_that_one_state_withholds_has_no_baseline(self, real_desk):
        """West Virginia's Asian and Hispanic workers are not published, so Washington's are not known."""
        base = baselines(real_desk, real_desk.area("47900"))["state"]
        assert base.shares["women"] > 40
        assert math.isnan(base.shares["asian"])
        assert math.isnan(base.margins["asian"])

    def test_a_local_survey_of_staff_becomes_a_baseline(self, real_desk):
        texas = real_desk.workforce[real_desk.workforce.area_code == "48"]
        mine = texas.assign(area_code="12420", survey_year=2023)
        desk = replace(real_desk, local_workforce=replace(real_desk.local_workforce, rows=mine))
        base = baselines(desk, desk.area("12420"))
        assert base["local"].shares["women"] == 45.7
        assert base["local"].period.endswith("2023")
        assert base["local"].name.startswith("Austin")
        assert base["state"].period.endswith("2018")


@pytest.mark.parametrize("baseline", ["all", "group", "state"])
@pytest.mark.parametrize("group", [g.id for g in GROUPS])
def test_gaps_follow_from_the_figures_shown(of_area, group, baseline):
    found = of_area("48", baseline).of_group(group, in_demand_only=False)
    assert len(found) > 700
    told = found[found.share_pct.notna() & found.baseline_pct.notna()]
    assert len(told) > 500
    np.testing.assert_allclose(told.gap_pp, told.share_pct - told.baseline_pct)
    np.testing.assert_allclose(told.parity, told.share_pct / told.baseline_pct)
    assert told.gap_pp.is_monotonic_increasing, "the widest shortfall first"
    untold = found[found.share_pct.isna()]
    assert len(untold) > 200
    assert untold[["gap_pp", "parity", "people_short", "share_low", "share_high"]].isna().all().all()
    assert list(found.index[found.gap_pp.isna()]) == list(range(int(found.gap_pp.notna().sum()), len(found)))


def test_only_the_in_demand_unless_asked(of_area):
    found = of_area("48")
    assert set(found.of_group("women").in_demand) == {True}
    assert len(found.of_group("women")) < len(found.of_group("women", in_demand_only=False))


@pytest.mark.parametrize("area", ["48", "US", "12420"])
@pytest.mark.parametrize("group", [g.id for g in GROUPS])
def test_no_figure_for_a_withheld_cell_anywhere_in_json(of_area, area, group):
    answer = export.gaps_json(of_area(area), group, in_demand_only=False)
    again = json.loads(json.dumps(answer, allow_nan=False))
    withheld = [row for row in again["occupations"] if row["share_pct"] is None]
    assert len(withheld) > 100
    for row in withheld:
        for key in ("gap_pp", "parity", "people_short"):
            assert row[key] is None, (row["soc"], key)
        assert row["interval_90"] == [None, None]
        assert row["clear"] is False
        assert row["note"]
    assert all(row["share_pct"] != 0 or row["match"] for row in again["occupations"])


def test_an_unknown_baseline_lists_those_of_the_area(of_area):
    with pytest.raises(BadInput, match="all, group, state") as error:
        of_area("48", "local")
    assert "Texas" in error.value.what


def test_clusters_name_only_occupations_of_bls(real_desk):
    found = clusters(real_desk)
    assert len(found) == 16
    assert "29-1141" in found["Health Science"]
    assert "31-1120" in set().union(*found.values()), "combined codes are bridged"
    assert "31-1121" not in set().union(*found.values())


def test_a_ladder_has_the_rungs_in_order(real_desk, of_area):
    ranking = rank(real_desk, request_from_text(real_desk, "48", "all"))
    found = ladder(real_desk, ranking, clusters(real_desk)["Health Science"])
    order = list(dict.fromkeys(RUNGS.values()))
    assert list(found.rung) == [rung for rung in order if rung in set(found.rung)]
    assert (found.covered_pct.between(0, 100)).all()
    assert found.women_pct.dropna().between(0, 100).all()
    assert (found.jobs > 0).all()


def test_pipeline_leaves_out_what_says_nothing(of_area):
    found = of_area("48")
    rows = pipeline(found)
    assert len(rows) > 20
    assert (rows.awards >= 10).all()
    assert (rows.program_pct - rows.job_pct).is_monotonic_increasing, "where training lags most comes first"
    assert rows[["program_pct", "job_pct"]].notna().all().all()
    shares = found.rows.set_index("soc").women_pct
    assert all(shares[row.soc] == row.job_pct for row in rows.itertuples())


def test_shares_of_everyone_are_those_of_the_table(real_desk):
    assert people.all_employed(real_desk.warehouse).women_pct == 47.1
