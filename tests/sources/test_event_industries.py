"""Industries that this project assigns to employers whose notices name none."""

import pytest

from lmi.domain.errors import BadFile
from lmi.places import ROOT
from lmi.sources.event_industries import industry_of, load_industries
from tests.sources.event_nation import nation

HEADER = "employer,naics,why\n"


def test_the_committed_table_reads_and_finds_an_employer_in_any_spelling():
    industries = load_industries(ROOT / "data" / "mappings", nation().naics)
    assert industry_of("INTEL CORP. (Updated)", industries) == ("334413", "widely known")
    assert industry_of("Randalls #2490", industries) == ("445110", "widely known")
    assert industry_of("MV- Transportation Austin (South Yard)", industries) == ("485", "the name says it")
    assert industry_of("Intel Museum Shop", industries) is None
    for unclear in ("Expedia Group", "LegalZoom.com", "Management & Training Corporation (Kyle)"):
        assert industry_of(unclear, industries) is None


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("Acme,999999,widely known\n", r"'999999' for Acme is not the code of an industry"),
        ("Acme,334413,a guess\n", r"unknown value 'a guess'"),
        ("Acme Inc,334413,widely known\nThe ACME Co,334413,widely known\n", r"The ACME Co stands twice"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, lines, words):
    (tmp_path / "employer_industry.csv").write_text(HEADER + lines, encoding="utf-8")
    with pytest.raises(BadFile, match=words):
        load_industries(tmp_path, nation().naics)
