"""Dates with slashes are read month first; where their column has the day first, that is said."""

from datetime import date

from lmi.sources.event_columns_map import read_map
from lmi.sources.event_import import plan, read_content
from lmi.sources.events_file import parse
from tests.sources.small_events import KNOWN

HEADER = "employer,announced,effective,event_type,city,status,source_name\n"


def table(*days: tuple[str, str]) -> bytes:
    rows = [f"E{n},{one},{two},layoff,Austin,announced,A\n" for n, (one, two) in enumerate(days)]
    return (HEADER + "".join(rows)).encode()


def outcomes(*days: tuple[str, str]):
    file = read_content(table(*days), "list.csv", read_map(""))
    return plan(file, parse(HEADER.encode(), KNOWN).rows, KNOWN, (), date(2026, 11, 25)).outcomes


def test_a_column_with_the_day_first_leaves_its_other_slash_dates_doubtful():
    mixed = [
        ("9/7/2026", ""), ("13/7/2026 0:00", ""), ("07/07/2026", ""), ("7/20/2026", ""),
        ("2026-07-09", "9/8/2026"), ("9/7/26", ""),
    ]  # fmt: skip
    found = outcomes(*mixed)
    assert [o.kind for o in found] == ["suspicious", "refused", "new", "new", "new", "suspicious"]
    assert found[0].why == (
        "announced '9/7/2026': day and month cannot be told apart: another date of this column, "
        "13/7/2026 0:00, has the day first."
    )
    assert [o.kind for o in outcomes(mixed[0], mixed[3], mixed[5])] == ["new"] * 3
    other = outcomes(("9/7/2026", "9/8/2026"), ("7/20/2026", "20/8/2026"))  # each column by itself
    assert [o.kind for o in other] == ["suspicious", "refused"]
    assert other[0].why.startswith("effective '9/8/2026'")


def test_the_record_says_so_once_for_each_column_and_keeps_its_rows():
    log = parse(
        table(("13/7/2026", ""), ("9/7/2026", ""), ("8/7/2026", "9/8/2026"), ("32/7/2026", "")), KNOWN
    )
    assert log.rows.announced.dt.strftime("%Y-%m-%d").tolist() == ["2026-09-07", "2026-08-07"]
    said = [problem.line_text() for problem in log.problems]
    assert said[0] == (
        "The file, announced: '13/7/2026' has the day first. In this column, day and month of line 3 and 1 "
        "others cannot be told apart; they are read month first. Write such dates as 2026-07-13."
    )
    assert [problem.line for problem in log.problems] == [0, 2, 5]
    assert [p.line for p in parse(table(("13/7/2026", ""), ("7/7/2026", "")), KNOWN).problems] == [2]
