"""The figures of one occupation in one area, each with source, period, geography, basis and a note."""

import pandas as pd

from lmi.analysis.openings import PARTS
from lmi.answers.desk import Desk
from lmi.domain.codes import NATION
from lmi.domain.fields import WAGE_COLUMNS
from lmi.domain.figures import Basis, Figure
from lmi.domain.selection import Area
from lmi.warehouse import queries

OEWS_FIGURES = ("employment", "employment_rse_pct", "location_quotient", "wage_rse_pct", *WAGE_COLUMNS)
UNITS = {
    "employment": "jobs", "employment_rse_pct": "%", "location_quotient": "ratio", "wage_rse_pct": "%",
    "openings_per_year": "openings / year", "employment_change_per_year": "jobs / year",
    "exits_per_year": "people / year", "transfers_per_year": "people / year", "growth_pct": "%",
}  # fmt: skip
RATES_NOTE = (
    "Estimated: jobs here × the nation's yearly rates for the occupation (BLS Employment Projections)."
)
LOW_PRECISION_RSE = 30  # percent; above it a count is called of low precision
REQUIREMENTS = ("typical_education", "work_experience", "on_the_job_training")


def _elsewhere(desk: Desk, soc: str, area: Area) -> list[tuple[Area, pd.Series]]:
    """The occupation's rows in the area's states, then in the nation: where to look instead."""
    codes = [c for c in (*area.state_codes, NATION) if c != area.code]
    rows = queries.rows_of(desk.warehouse, soc, codes).set_index("area_code")
    return [(desk.areas[c], rows.loc[c]) for c in codes if c in rows.index]


class FigureMaker:
    """Makes the figures of one occupation in one area from its row and from what stands elsewhere."""

    def __init__(
        self,
        desk: Desk,
        area: Area,
        about: pd.Series,
        row: pd.Series | None,
    ) -> None:
        self.area, self.about, self.row = area, about, row
        self.elsewhere = _elsewhere(desk, about.soc, area)
        self.parts = queries.members(desk.warehouse, about.soc)
        projected = queries.projection(desk.warehouse, about.soc)
        self.projected = projected.iloc[0] if len(projected) else None
        sources = desk.sources.set_index("id")
        self.oews_source, self.oews_period = sources.short_title["bls_oews"], sources.period["bls_oews"]
        self.ep_source, self.ep_period = sources.short_title["bls_ep"], sources.period["bls_ep"]
        self.onet_source, self.onet_period = sources.short_title["onet"], sources.period["onet"]

    def all(self) -> dict[str, Figure]:
        """Every figure of OEWS, EP and O*NET's job zone, by name."""
        figures = {name: self.oews(name) for name in OEWS_FIGURES}
        figures |= {name: self.openings(name) for name in ("openings_per_year", *PARTS)}
        figures["growth_pct"] = self.growth()
        figures |= {name: self.requirement(name) for name in REQUIREMENTS}
        figures["job_zone"] = self.job_zone()
        return figures

    def oews(self, name: str) -> Figure:
        """A figure that OEWS publishes for the area (or its union)."""
        value = None if self.row is None else _number(self.row[name])
        unit = UNITS.get(name, "USD / hour" if name.endswith("hour") else "USD / year")
        basis: Basis = "estimated" if self.area.type == "custom" else "published"
        top = self.row is not None and name in str(self.row.top_coded or "").split()
        note = ""
        if value is None:
            note = self._why_missing(name)
        elif top:
            note = f"At or above {value:,.0f}: the publisher's top code."
        elif self.area.type == "custom":
            note = self._union_note(name)
        elif name == "employment" and (_number(self.row.employment_rse_pct) or 0) > LOW_PRECISION_RSE:  # type: ignore[union-attr]
            note = f"Low precision: relative standard error above {LOW_PRECISION_RSE}%."
        if value is not None and name == "employment":
            value = int(value)
        return Figure(
            name,
            value,
            unit,
            basis,
            self.oews_source,
            self.oews_period,
            self.area.name,
            note,
            lower_bound=top,
        )

    def openings(self, name: str) -> Figure:
        """Openings a year or one of their parts."""
        nation = self.area.code == NATION
        value = None if self.row is None else _number(self.row[name])
        if nation:
            value = self._projected(name)
        if value is None and self.row is None:
            note = f"Not estimated: {self._why_missing('employment')}"
        elif value is None:
            note = self._why_no_openings(nation)
        elif nation:
            note = ""
        elif self.about.soc_level in {"major", "total"}:
            note = (
                "Estimated: the sum over the occupations published here, and the group's national rates "
                "for the jobs whose occupation is not published."
            )
        else:
            note = RATES_NOTE + self._partial()
        source = self.ep_source if nation else f"{self.oews_source}; {self.ep_source}"
        period = self.ep_period if nation else f"{self.oews_period}; {self.ep_period}"
        value = None if value is None else round(value, 1)
        return Figure(
            name, value, UNITS[name], "published" if nation else "estimated", source, period,
            self.area.name, note.strip(),
        )  # fmt: skip

    def _why_no_openings(self, nation: bool) -> str:
        """Why openings cannot be told of an occupation that the area lists."""
        if nation:
            return "BLS publishes no projection under this code."
        if self.row is not None and _number(self.row.employment) is not None:
            return "Not estimated: BLS rounds the exits and transfers of so small an occupation to 0."
        return f"Not estimated: employment is not published here. {self._nearest('employment')}"

    def _partial(self) -> str:
        """' At least: …' where jobs are published in part of a custom region only."""
        if self.row is None or self.area.type != "custom" or not bool(self.row.at_least):
            return ""
        return f" At least: jobs are published in {self.row.parts_published} of {self.row.members} areas."

    def growth(self) -> Figure:
        """The nation's projected growth; there is no local projection in the bundle."""
        value = self._projected("growth_pct")
        note = "" if self.area.code == NATION else "The nation's projected growth, not a local projection."
        if value is None:
            note = "BLS publishes no projection under this code."
        return Figure(
            "growth_pct", value, "%", "published", self.ep_source, self.ep_period, "United States", note
        )

    def requirement(self, name: str) -> Figure:
        """A BLS entry requirement, the same everywhere."""
        value = self.about[name]
        missing = not isinstance(value, str)
        note = self._unassigned("BLS assigns it to single occupations only.") if missing else ""
        return Figure(
            name, None if missing else value, "category", "published", self.ep_source, self.ep_period,
            "United States", note,
        )  # fmt: skip

    def job_zone(self) -> Figure:
        """The O*NET job zone, or the mean over the O*NET occupations that BLS counts together."""
        value = _number(self.about.job_zone)
        parts = int(self.about.job_zone_parts) if value is not None else 0
        single = parts == 1 and bool(self.about.job_zone_main)
        note = "" if single else f"Rounded mean of {parts} O*NET occupations counted under this code."
        if value is None:
            note = self._unassigned(f"No job zone in {self.onet_source}.")
        return Figure(
            "job_zone", None if value is None else int(value), "job zone",
            "published" if single or value is None else "estimated",
            self.onet_source, self.onet_period, "United States", note,
        )  # fmt: skip

    def _projected(self, name: str) -> float | None:
        """The nation's figure as BLS Employment Projections give it; None under a code they do not use."""
        if self.projected is None:
            return None
        if name == "employment_change_per_year":
            years = self.projected.target_year - self.projected.base_year
            return float(self.projected.employment_change / years)
        return _number(self.projected[name])

    def _unassigned(self, otherwise: str) -> str:
        """Why a national assignment is lacking: the code counts within another one, or `otherwise`."""
        combined = self.about.published_as
        return (
            f"BLS counts this occupation within {combined}; ask for that code."
            if isinstance(combined, str)
            else otherwise
        )

    def _why_missing(self, name: str) -> str:
        """Why an OEWS figure is null, and which figure exists instead."""
        if self.row is None:
            combined = self.about.published_as
            if isinstance(combined, str):
                return f"BLS counts this occupation within {combined}; ask for that code."
            if not bool(self.about.in_oews) and len(self.parts) == 1:
                return f"OEWS publishes this group under its only occupation; ask for {self.parts[0]}."
            if not bool(self.about.in_oews):
                return "OEWS publishes nothing under this code."
            return f"BLS publishes no figures for it in {self.area.name}. {self._nearest(name)}".strip()
        if name == "location_quotient" and self.area.type == "custom":
            return (
                f"Not computed: jobs are published in {self.row.parts_published} of {self.row.members} areas."
            )
        if name == "location_quotient" and self.area.code == NATION:
            return "The nation is the yardstick: 1 by definition."
        pay_basis = self._pay_basis()
        if name.endswith("_hour") and pay_basis == "year":
            return "Published by the year only: BLS gives no hourly wage for this occupation."
        if name.endswith("_year") and pay_basis == "hour":
            return "Published by the hour only: BLS gives no annual wage for this occupation."
        return f"Withheld by BLS in {self.area.name}. {self._nearest(name)}".strip()

    def _pay_basis(self) -> str:
        """How the occupation's pay is published: a withheld row says 'both' where the nation knows better."""
        known = [row.pay_basis for row in (self.row, *(row for _, row in self.elsewhere)) if row is not None]
        return next((basis for basis in known if basis != "both"), "both")

    def _nearest(self, name: str) -> str:
        """'Texas: 271,380.' from the first wider area that publishes the figure."""
        if name.endswith("_rse_pct"):
            return ""  # another area's error says nothing of this one's
        for area, row in self.elsewhere:
            value = _number(row[name])
            if value is not None:
                return f"{area.name}: {_with_unit(name, value)}."
        return "No wider area publishes it either."

    def _union_note(self, name: str) -> str:
        assert self.row is not None
        members, published = int(self.row.members), int(self.row.parts_published)
        if name == "employment":
            least = f"At least: published in {published} of {members} areas." if published < members else ""
            return f"Sum over {members} areas. {least}".strip()
        if name.startswith("wage_") and name != "wage_rse_pct":
            return f"Employment-weighted mean over those of the {members} areas that publish jobs and pay."
        part = f" Jobs are published in {published} of them only." if published < members else ""
        return f"Computed for the union of {members} areas.{part}"


def _with_unit(name: str, value: float) -> str:
    """A value with its unit, for a note: '6,250 jobs', '$29.05 an hour', '1.17'."""
    if name == "employment":
        return f"{value:,.0f} jobs"
    if name.endswith(("_hour", "_year")):
        return f"${value:,.{0 if value >= 100 else 2}f} {'an hour' if name.endswith('_hour') else 'a year'}"
    return f"{value:,.2f}"


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[arg-type]
