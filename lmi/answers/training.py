"""Where to train for an occupation: programs, who offers them, how many finish, what graduates earn."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from lmi.analysis.capacity import Evidence, Limit, limit
from lmi.answers.desk import Desk
from lmi.answers.supply import Supply
from lmi.domain.awards import AWARD_LEVEL_BY_CODE, CREDENTIAL_AWARDS, EVERY_LEVEL
from lmi.domain.selection import Area
from lmi.warehouse import programs

GONE = "no longer in the directory"
_LEVEL_GROUPS = {
    **dict.fromkeys(("20", "21"), "Certificates under 1 year"),
    **dict.fromkeys(("2", "4"), "Certificates of 1 to 4 years"),
    "3": "Associate's degrees",
}
ABOVE = "Bachelor's and above"


@dataclass(frozen=True)
class Training:
    """The training for one occupation in one area.

    cips: programs that lead to it (NCES crosswalk). offers: one row per institution, program and level
    with any report in the years: unitid, institution_name, city, control, longitude, latitude, cip,
    program, award_level, level, by_year (awards per year, None where nothing was reported), awards,
    men, women (latest year), women_pct, earnings_usd_year, years_after. latest: the newest year.
    entries: the local capacity file's rows for it. placed: whether institutions can be placed in the
    area at all. supplied: its row of the supply, None where it has
    none.
    """

    soc: str
    title: str
    area: Area
    levels: tuple[str, ...]
    years: tuple[int, ...]
    cips: tuple[str, ...]
    program_titles: dict[str, str]
    offers: pd.DataFrame
    earnings: pd.DataFrame
    entries: pd.DataFrame
    placed: bool
    supplied: pd.Series | None

    @property
    def latest(self) -> int:
        """The newest year of the completions."""
        return self.years[-1]

    @cached_property
    def providers(self) -> pd.DataFrame:
        """One row per institution that conferred awards in the latest year, most first: unitid,
        institution_name, city, control, longitude, latitude, awards, women."""
        place = ["unitid", "institution_name", "city", "control", "longitude", "latitude"]
        rows = self.offers.groupby(place, dropna=False)[["awards", "women"]].sum().reset_index()
        rows = rows[rows.awards > 0]
        return rows.sort_values(["awards", "unitid"], ascending=[False, True]).reset_index(drop=True)

    @cached_property
    def by_year(self) -> list[float]:
        """Awards of all its programs in each year."""
        grid = np.array([[value or 0 for value in row] for row in self.offers.by_year], dtype=float)
        return [float(v) for v in grid.sum(axis=0)] if len(grid) else [0.0] * len(self.years)

    @cached_property
    def trend(self) -> pd.DataFrame:
        """Awards by year and group of levels: award_year, level, level_order, awards."""
        rows = []
        groups = list(dict.fromkeys([*_LEVEL_GROUPS.values(), ABOVE]))
        for number, group in enumerate(groups):
            here = [_LEVEL_GROUPS.get(code, ABOVE) == group for code in self.offers.award_level]
            mine = self.offers[np.array(here, dtype=bool)]
            for place, year in enumerate(self.years):
                total = sum(row[place] or 0 for row in mine.by_year)
                rows.append((year, group, number, float(total)))
        out = pd.DataFrame(rows, columns=["award_year", "level", "level_order", "awards"])
        some = out.groupby("level").awards.transform("sum") > 0
        return out[some].reset_index(drop=True)

    @cached_property
    def women(self) -> tuple[float, float]:
        """Women and all awards of the latest year."""
        return float(self.offers.women.sum()), float(self.offers.awards.sum())

    @cached_property
    def evidence(self) -> Evidence:
        """What is known of seats, applicants, enrolled, completions and openings, in people a year."""
        supplied = self.supplied
        openings = None if supplied is None else _number(supplied.openings_per_year)
        part = None if supplied is None else _number(supplied.completions_per_year)
        told = bool(self.cips) and self.placed
        completions = self.by_year[-1] if told else None
        return Evidence(
            openings, part, completions, max(self.by_year) if told else None, _every(self.entries.seats),
            _every(self.entries.enrolled), _every(self.entries.applicants), self._finished(),
        )  # fmt: skip

    @cached_property
    def limit(self) -> Limit:
        """Is the limit seats, finishers or applicants?"""
        return limit(self.evidence)

    def _finished(self) -> float | None:
        """Who finished from the listed entries: entered, or the awards of the entry's own program."""
        told = []
        for entry in self.entries.itertuples():
            value = _number(entry.finished)
            if value is None and isinstance(entry.unitid, str) and isinstance(entry.cip, str):
                own = (self.offers.unitid == entry.unitid) & self.offers.cip.str.startswith(entry.cip)
                value = float(self.offers.awards[own].sum()) if own.any() else None
            told.append(value)
        known = [value for value in told if value is not None]
        return sum(known) if told and len(known) == len(told) else None


def training(
    desk: Desk, area: Area, soc: str, supply: Supply | None = None, levels: tuple[str, ...] = EVERY_LEVEL
) -> Training:
    """The training for an occupation in an area, at the award levels given."""
    cips = programs_of(desk, soc)
    members = [code for code in area.members if code in desk.placed_areas]
    rows = programs.offered(desk.warehouse, members, cips) if cips and members else _NO_OFFERS
    rows = rows[rows.award_level.isin(levels)]
    years = tuple(desk.award_years)
    paid = programs.earnings(desk.warehouse, members, sorted({c[:5] for c in cips})) if cips else _NO_EARNINGS
    paid = paid[[bool({*CREDENTIAL_AWARDS.get(x, ())} & {*levels}) for x in paid.credential_level]]
    mine = None
    if supply is not None and (supply.rows.soc == soc).any():
        mine = supply.rows[supply.rows.soc == soc].iloc[0]
    offers = _with_earnings(_offers(desk, rows, years), paid)
    named = {cip: desk.program_titles[cip] for cip in cips}
    listed = entries(desk, area, soc, cips)
    return Training(
        soc, desk.titles[soc], area, levels, years, cips, named, offers, paid, listed, bool(members), mine
    )


_NO_OFFERS = pd.DataFrame(
    columns=["unitid", "institution_name", "city", "control", "longitude", "latitude", "cip", "award_level",
             "award_year", "awards", "men", "women"]
)  # fmt: skip
_NO_EARNINGS = pd.DataFrame(
    columns=["unitid", "cip4", "credential_level", "earnings_usd_year", "years_after", "institution_name"]
)


def programs_of(desk: Desk, soc: str) -> tuple[str, ...]:
    """The programs that lead to an occupation; none for postsecondary teachers and groups."""
    links = desk.links
    place = links.socs.get_indexer(pd.Index([soc]))[0]
    return tuple(sorted(links.cips[links.program[links.occupation == place]])) if place >= 0 else ()


def _offers(desk: Desk, rows: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """One row per institution, program and level, with its years side by side; largest first."""
    place = {year: number for number, year in enumerate(years)}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows.itertuples(index=False):
        key = (row.unitid, row.cip, row.award_level)
        if key not in found:
            named = isinstance(row.institution_name, str)
            found[key] = {
                "unitid": row.unitid, "city": row.city, "control": row.control, "longitude": row.longitude,
                "institution_name": row.institution_name if named else f"{row.unitid}, {GONE}",
                "latitude": row.latitude, "cip": row.cip, "program": desk.program_titles[row.cip],
                "award_level": row.award_level, "level": AWARD_LEVEL_BY_CODE[row.award_level].short,
                "by_year": [None] * len(years), "awards": np.nan, "women": np.nan,
            }  # fmt: skip
        offer = found[key]
        offer["by_year"][place[row.award_year]] = int(row.awards)
        if row.award_year == years[-1]:
            offer["awards"], offer["women"] = float(row.awards), float(row.women)
    columns = [*_NO_OFFERS.columns.drop(["award_year", "men"]), "program", "level", "by_year"]
    frame = pd.DataFrame(list(found.values()), columns=columns)
    awards = frame.awards.to_numpy(dtype=float)
    share = np.divide(
        100 * frame.women.to_numpy(dtype=float), awards, out=np.full(len(frame), np.nan), where=awards > 0
    )
    frame["women_pct"] = share
    return frame.sort_values(["awards", "unitid", "cip"], ascending=[False, True, True]).reset_index(
        drop=True
    )


def _with_earnings(offers: pd.DataFrame, paid: pd.DataFrame) -> pd.DataFrame:
    """Each offer with its graduates' earnings, where the Scorecard publishes them for its program group."""
    told: dict[tuple[str, str, str], tuple[float, float]] = {}
    for row in paid.itertuples():
        for level in CREDENTIAL_AWARDS.get(str(row.credential_level), ()):
            told[(row.unitid, row.cip4, level)] = (float(row.earnings_usd_year), float(row.years_after))
    keys = zip(offers.unitid, offers.cip.str[:5], offers.award_level, strict=True)
    found = [told.get(key, (np.nan, np.nan)) for key in keys]
    return offers.assign(
        earnings_usd_year=[value for value, _ in found], years_after=[after for _, after in found]
    )


def entries(desk: Desk, area: Area, soc: str, cips: tuple[str, ...]) -> pd.DataFrame:
    """The local capacity file's entries for an occupation in an area: by SOC, or by a program that leads
    to it (a four-digit code stands for its whole group). Of a program told at several dates, the newest."""
    rows = desk.capacity.rows
    here = rows.area_code.isin({area.code, *area.members})
    by_program = np.array(
        [isinstance(cip, str) and any(c.startswith(cip) for c in cips) for cip in rows.cip], dtype=bool
    )
    mine = rows[here & ((rows.soc == soc) | by_program)]
    told = mine.assign(who=mine.provider.str.casefold(), what=mine.program.str.casefold())
    newest = told.sort_values(["as_of", "line"]).drop_duplicates(["who", "what", "area_code"], keep="last")
    return mine.loc[newest.index].sort_index().reset_index(drop=True)


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type]


def _every(column: pd.Series) -> float | None:
    """The sum, if every entry tells it."""
    return float(column.sum()) if len(column) and bool(column.notna().all()) else None
