import pandas as pd
import pytest

from lmi.domain.errors import BadFile
from lmi.sources import onet, onet_ratings


@pytest.fixture(scope="module")
def tables(raw) -> dict[str, pd.DataFrame]:
    return onet.parse(raw)


@pytest.fixture(scope="module")
def skill(tables) -> pd.DataFrame:
    return tables["onet_skill"].set_index(["onet_soc", "element_id"])


def test_importance_and_level_stand_side_by_side(skill):
    row = skill.loc[("29-1141.00", "2.B.1.a")]
    assert (row.element_name, row.kind, row.domain_source) == ("Social Perceptiveness", "skill", "Analyst")
    assert (row.importance, row.importance_se, row.level, row.level_se) == (4.12, 0.125, 4.38, 0.2631)
    assert skill.loc[("29-1141.00", "2.C.5.a"), "kind"] == "knowledge"


def test_a_suppressed_scale_is_null_and_the_other_stays(skill):
    english = skill.loc[("27-3043.00", "2.C.7.a")]  # Recommend Suppress: Y on importance only
    assert english.suppressed
    assert pd.isna(english.importance)
    assert pd.isna(english.importance_se)
    assert english.level == 4.98
    physics = skill.loc[("29-1141.00", "2.C.4.b")]  # Y on level only
    assert physics.suppressed
    assert physics.importance == 1.6
    assert pd.isna(physics.level)


def test_a_level_that_is_not_relevant_is_null(skill):
    programming = skill.loc[("47-2111.00", "2.B.3.e")]
    assert programming.not_relevant
    assert not programming.suppressed
    assert programming.importance == 1
    assert pd.isna(programming.level)


def test_experts_ratings_without_a_recommendation_are_kept(skill):
    row = skill.loc[("29-1141.01", "2.C.5.a")]
    assert (row.importance, row.level, row.suppressed) == (4.64, 4.82, False)
    assert pd.isna(row.importance_se)


def test_unrated_occupations_have_no_rows_rather_than_zeros(tables, skill):
    assert "15-1252.00" in set(tables["onet_job_zone"].onet_soc)
    assert "15-1252.00" not in skill.index.get_level_values(0)


def test_job_zones_and_related_occupations(tables):
    zones = tables["onet_job_zone"].set_index("onet_soc").job_zone
    assert zones[["29-1141.00", "53-3032.00", "29-1171.00"]].tolist() == [4, 2, 5]
    nurse = tables["onet_related"].query("onet_soc == '29-1141.00'").sort_values("related_rank")
    assert nurse.related_rank.tolist() == list(range(1, 21))
    assert nurse.tier.tolist() == ["Primary-Short"] * 5 + ["Primary-Long"] * 5 + ["Supplemental"] * 10


def test_education_labels_are_short_and_suppressed_shares_null(tables):
    education = tables["onet_education"].set_index(["onet_soc", "scale_id", "category"])
    assert education.loc[("29-1141.00", "RL", 2), "category_label"] == "High School Diploma"
    bachelors = education.loc[("29-1141.00", "RL", 6)]
    assert (bachelors.category_label, bachelors.suppressed) == ("Bachelor's Degree", True)
    assert pd.isna(bachelors.share_pct)
    assert set(education.index.get_level_values(1)) == {"RL", "RW", "PT", "OJ"}
    assert sum(tables["onet_education"].attrs["left_out"].values()) == 4  # the scale without categories


def test_technologies_carry_eight_digits_and_flags(tables):
    row = (
        tables["onet_technology"].query("technology == 'Atlassian JIRA' and onet_soc == '11-1011.00'").iloc[0]
    )
    assert (row.commodity_code, row.hot_technology, row.in_demand_technology) == ("43232201", True, False)


def test_no_description_is_read(tables):
    for frame in tables.values():
        assert not [name for name in frame.columns if "description" in name]
        assert not frame.astype("str").isin(["…"]).any().any()


def test_repeated_titles_are_left_out_and_counted(copied, edit_workbook):
    path = copied / "onet" / "Alternate Titles.xlsx"
    before = onet.parse(copied)["onet_alternate_title"]
    first, second = before[before.onet_soc == "29-1141.00"].alternate_title.tolist()[:2]
    edit_workbook(path, {f">{second}<": f">{first}<"})
    after = onet.parse(copied)["onet_alternate_title"]
    assert len(after) == len(before) - 1
    assert after.attrs["left_out"] == {"repeated or empty titles": 1}


def test_the_release_is_read_from_the_publishers_note(copied):
    assert onet.describe(copied) == onet.SOURCE
    note = copied / "onet" / "Read Me.txt"
    note.write_text("O*NET 30.1 Database\nDecember 2025 Release\n")
    source = onet.describe(copied)
    assert (source.short_title, source.released, source.next_due) == ("O*NET 30.1", "2025-12", "2026-03")
    assert "O*NET 30.1 Database" in source.attribution
    note.write_text("Welcome\n")
    with pytest.raises(BadFile, match=r"Read Me.txt: no release found"):
        onet.describe(copied)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("Skills", {'name="Skills"': 'name="Essential Skills"'}, "has no sheet 'Skills'"),
        ("Skills", {">Data Value<": ">Value<"}, "column for value not recognised"),
        ("Skills", {">LV<": ">LX<"}, "scale_id: unknown value 'LX'"),
        ("Knowledge", {">Y<": ">Yes<"}, "unknown value 'Yes'"),
        ("Technology Skills", {">Commodity Code<": ">Code<"}, "column for commodity_code"),
        ("Occupation Data", {">29-1141.00<": ">29-1141<"}, "onet_soc holds '29-1141'"),
        (onet_ratings.CATEGORIES[:-5], {">OJ<": ">OX<"}, "category_label: '' is not a valid code"),
    ],
)
def test_a_changed_workbook_is_refused(copied, edit_workbook, name, changes, words):
    edit_workbook(copied / "onet" / f"{name}.xlsx", changes)
    with pytest.raises(BadFile) as error:
        onet.parse(copied)
    assert f"{name}.xlsx" in error.value.what
    assert words in error.value.what


def test_a_missing_workbook_is_refused(copied):
    (copied / "onet" / "Job Zones.xlsx").unlink()
    with pytest.raises(BadFile, match=r"Job Zones.xlsx is missing"):
        onet.parse(copied)
