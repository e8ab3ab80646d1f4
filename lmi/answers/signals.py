"""What the real-time series say of an area now: each with its date, source, and what it does not cover."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lmi.analysis import signals as change
from lmi.answers import signal_kinds
from lmi.answers.desk import Desk
from lmi.answers.signal_kinds import Kind
from lmi.domain.codes import NATION
from lmi.domain.days import in_words
from lmi.domain.figures import Basis
from lmi.domain.selection import Area
from lmi.sources import bls_api, bls_series
from lmi.warehouse import realtime

NEAREST, OF_NATION = "postings", "postings_nation"  # ids that pages ask for
RISING_MOST = 3  # sectors by the growth of their posted pay
NOT_FETCHED = (
    "The unemployment rate, employment by industry and job openings (JOLTS) come from the BLS public data "
    "API and have not been fetched yet: python -m lmi refresh realtime."
)


@dataclass(frozen=True)
class Signal:
    """One series as it stands. area, area_code: whose figure it is, which need not be the area asked for
    (`note` then says so). change_3m, change_12m: in change_unit, None where nothing was published then.
    trend: rising, falling, little changed or '' (unknown), by the change over trend_months. date: the day
    (YYYY-MM-DD) or month (YYYY-MM) of the value. old: it ended more than 120 days before the day of the
    look. series: date (datetime; months by their last day), value.
    """

    id: str
    name: str
    area: str
    area_code: str
    value: float
    unit: str
    change_3m: float | None
    change_12m: float | None
    change_unit: change.ChangeUnit
    trend: str
    trend_months: int
    date: str
    source: str
    short_source: str
    basis: Basis
    old: bool
    preliminary: bool
    covers: str
    note: str
    series: pd.DataFrame


@dataclass(frozen=True)
class Signals:
    """The signals of an area in the order in which they are shown; notes: what is missing and why."""

    area: Area
    items: tuple[Signal, ...]
    notes: tuple[str, ...]


def signals(desk: Desk, area: Area, as_of: str) -> Signals:
    """What the real-time series say of an area. as_of: the day of the look, YYYY-MM-DD."""
    now = _Look(desk, area, pd.Timestamp(as_of))
    monthly = [signal for measure in bls_series.MEASURES for signal in now.monthly(measure)]
    items = (*now.postings(), *monthly, *now.posted_pay())
    return Signals(area, items, now.notes(items))


def posting_sectors(desk: Desk, as_of: str) -> pd.DataFrame:
    """Indeed's sectors of the nation by the change of their postings over 12 months, most first: sector,
    value (1 Feb 2020 = 100), change_3m, change_12m (%), date, old. as_of: as in signals."""
    rows = []
    for sector, part in realtime.sectors(desk.warehouse).groupby("sector"):
        at = change.level(part, "%", monthly=False)
        if at is not None:
            old = change.is_old(at.date, pd.Timestamp(as_of))
            rows.append((str(sector), at.value, at.change_3m, at.change_12m, f"{at.date:%Y-%m-%d}", old))
    columns = ["sector", "value", "change_3m", "change_12m", "date", "old"]
    out = pd.DataFrame(rows, columns=columns)
    return out.sort_values(["change_12m", "sector"], ascending=[False, True], ignore_index=True)


class _Look:
    """The series for one area at one day of looking."""

    def __init__(self, desk: Desk, area: Area, as_of: pd.Timestamp) -> None:
        self.desk, self.area, self.as_of = desk, area, as_of
        self.sources = desk.sources.set_index("id")
        self.states = [code for code in area.state_codes if code in desk.areas]
        if area.type == "nation":
            self.states = []
        self.own = [code for code in area.members if code != NATION and code not in self.states]
        self.bls = realtime.bls(desk.warehouse, [*self.own, *self.states, NATION])

    def postings(self) -> list[Signal]:
        """A metropolitan area's own index first while it is fresh, else after those of state and nation. The
        first that is not the nation's has the id 'postings'."""
        held = realtime.postings(self.desk.warehouse, [*self.states, NATION])
        metros = realtime.metros(self.desk.warehouse, self.own)
        own = _told([
            self._signal(signal_kinds.METRO_POSTINGS, code, f"{NEAREST}_metro_{code}", rows)
            for code in self.own
            if len(rows := metros[metros.area_code == code])
        ])  # fmt: skip
        states = _told([
            self._signal(signal_kinds.POSTINGS, code, f"{NEAREST}_{code}", held[held.area_code == code])
            for code in self.states
        ])  # fmt: skip
        nation = held[held.area_code == NATION]
        kinds = {"total": signal_kinds.POSTINGS, "new": signal_kinds.NEW_POSTINGS}
        ids = {"total": OF_NATION, "new": f"{OF_NATION}_new"}
        wide = _told([
            self._signal(kind, NATION, ids[name], nation[nation.postings == name])
            for name, kind in kinds.items()
        ])  # fmt: skip
        near = [*(signal for signal in own if not signal.old), *states]
        near[:1] = [replace(signal, id=NEAREST) for signal in near[:1]]
        return [*near, *wide, *(signal for signal in own if signal.old)]

    def monthly(self, measure: str) -> list[Signal]:
        """A measure of BLS: of the area itself, or of its states where it has none, and of the nation."""
        rows = self.bls[self.bls.measure == measure]
        held = set(rows.area_code)
        here = [c for c in self.own if c in held] or [c for c in self.states if c in held]
        found = []
        for code in here if here and measure == bls_series.EMPLOYMENT else [*here, NATION]:
            kind = signal_kinds.of_bls(measure, nation=code == NATION)
            parts = {str(name): part for name, part in rows[rows.area_code == code].groupby("industry")}
            if signal_kinds.CONSTRUCTION in parts:
                parts.pop(signal_kinds.MINING_AND_CONSTRUCTION, None)  # it would be shown twice
            for industry, part in sorted(parts.items()):
                whole = industry == bls_series.ALL_INDUSTRIES
                tail = "" if whole else f": {bls_series.INDUSTRIES[industry].lower()}"
                found.append(self._signal(kind, code, str(part.series_id.iloc[0]), part, tail))
        return _told(found)

    def posted_pay(self) -> list[Signal]:
        """The sectors whose posted pay rises most in the nation; ties by name."""
        rows = realtime.posted_pay(self.desk.warehouse)
        last = rows[rows.date == rows.date.max()].sort_values(["value", "sector"], ascending=[False, True])
        return _told([
            self._signal(signal_kinds.POSTED_PAY, NATION, f"posted_pay: {sector}",
                         rows[rows.sector == sector], f": {sector.lower()}")
            for sector in last.sector.head(RISING_MOST)
        ])  # fmt: skip

    def notes(self, items: Sequence[Signal]) -> tuple[str, ...]:
        """What is missing and why, in sentences."""
        place, found = self.area.place, []
        local = any(s.id.startswith(NEAREST) and s.area_code != NATION for s in items)
        if not local and self.area.type != "nation":
            found.append(f"Indeed publishes no postings index for {place}; the nation's is shown.")
        published = [c for c in self.own if bls_series.of_area(c, "00")] or self.states
        if self.sources.period[bls_api.SOURCE.id] == bls_api.NOT_FETCHED:
            found.append(NOT_FETCHED)
        elif published and not set(published) & set(self.bls.area_code):
            found.append(
                f"BLS series of {place} have not been fetched yet: "
                f"python -m lmi refresh realtime --area {self.area.code}."
            )
        if any(signal.old for signal in items):
            found.append(
                f"Figures marked old end more than {change.OLD_DAYS} days before the day of this look."
            )
        return tuple(found)

    def _signal(
        self, kind: Kind, code: str, id_: str, rows: pd.DataFrame, tail: str = ""
    ) -> Signal | None:  # fmt: skip
        series = rows[["date", "value"]].reset_index(drop=True)
        at = change.level(series, kind.change_unit, monthly=kind.monthly)
        if at is None:
            return None
        source = self.sources.loc[kind.source_id]
        day = f"{at.date:%Y-%m}" if kind.monthly else f"{at.date:%Y-%m-%d}"
        deciding, months = (at.change_12m, 12) if kind.by_year else (at.change_3m, 3)
        mark = rows[rows.date == at.date].get("preliminary", pd.Series([False]))
        return Signal(
            id_, f"{kind.name}{tail}", self.desk.areas[code].short_name, code, at.value, kind.unit,
            at.change_3m, at.change_12m, kind.change_unit, change.trend(deciding, kind.steady), months, day,
            _citation(source, day), str(source.short_title), "published", change.is_old(at.date, self.as_of),
            bool(mark.iloc[0]), kind.covers, self._stands_in(kind, code), series,
        )  # fmt: skip

    def _stands_in(self, kind: Kind, code: str) -> str:
        """Whose figure it is, where it is not the area's own."""
        if code == self.area.code or code in self.own or (code == NATION and kind is signal_kinds.POSTED_PAY):
            return ""
        if code == NATION:
            return "For the United States, for comparison."
        return f"For all of {self.desk.areas[code].place}, not for {self.area.place} alone."


def _citation(source: pd.Series, day: str) -> str:
    """Publisher's attribution, the day or month of the figure, and when it was released and retrieved."""
    dates = [f"figure of {in_words(day)}"]
    dates += [f"{word} {source[word]}" for word in ("released", "retrieved") if source[word]]
    return f"{str(source.attribution).rstrip('.')}; {', '.join(dates)}"


def _told(found: Sequence[Signal | None]) -> list[Signal]:
    return [signal for signal in found if signal is not None]
