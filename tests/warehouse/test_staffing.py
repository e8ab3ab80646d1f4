"""Which published industry stands for a NAICS code, and its staffing pattern, over the committed bundle."""

import pytest

from lmi.answers.desk import Desk
from lmi.warehouse import staffing


@pytest.mark.parametrize(
    ("naics", "used"),
    [
        ("334413", "334400"),  # six digits -> four
        ("3344", "334400"),
        ("334", "334000"),
        ("622000", "622000"),  # as OEWS writes it
        ("622", "622000"),
        ("54133", "541330"),  # the same industry with five and six digits
        ("541330", "541330"),
        ("722511", "722511"),
        ("722513", "722500"),
        ("4451", "4450A1"),  # combined: "4451 and 4452 only"
        ("445110", "4450A1"),
        ("4453", "445300"),
        ("31-33", "31-33"),
        ("33", "31-33"),
        ("111110", "11"),  # farms are outside OEWS; the sector stands for them
        ("921110", "99"),  # public administration
    ],
)
def test_the_nearest_published_industry_stands_for_a_code(real_desk: Desk, naics, used):
    found = staffing.nearest(real_desk.warehouse, [naics])
    assert list(found.used_naics) == [used]


def test_every_industry_of_naics_has_a_pattern_and_no_other_code_has(real_desk: Desk):
    codes = list(real_desk.event_known.naics)
    found = staffing.nearest(real_desk.warehouse, codes)
    assert set(found.naics) == set(codes)
    assert found.used_title.notna().all()
    assert staffing.nearest(real_desk.warehouse, ["00", "10", "990"]).naics.tolist() in ([], ["990"])
    shares = staffing.shares(real_desk.warehouse, list(found.used_naics))
    assert set(shares.used_naics) == set(found.used_naics)
    sums = shares.groupby("used_naics").share.sum()
    assert sums.max() < 1.001
    assert sums.min() > 0.4


def test_a_share_is_the_occupations_part_of_all_jobs(small_desk: Desk):
    found = staffing.shares(small_desk.warehouse, ["622000"]).set_index("soc").share
    assert found.to_dict() == pytest.approx(
        {"29-1141": 2_020_230 / 6_712_760, "29-1214": 11_900 / 6_712_760, "47-2111": 4_140 / 6_712_760}
    )


def test_rows_by_ownership_stand_for_no_industry(small_desk: Desk):
    assert staffing.nearest(small_desk.warehouse, ["000001"]).empty
