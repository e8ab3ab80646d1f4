"""Answers of the BLS Public Data API, version 2. No answer is bundled: `refresh realtime` asks for them.
See https://www.bls.gov/developers/api_signature_v2.htm."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from lmi.domain.days import in_words, month_after
from lmi.domain.errors import BadFile
from lmi.domain.source import US_PUBLIC_DOMAIN, Source
from lmi.domain.tables import TABLE_BY_ID
from lmi.sources import bls_series, reading
from lmi.sources.bls_series import Series

NOT_FETCHED = "not fetched yet"

SOURCE = Source(
    id="bls_api",
    publisher="U.S. Bureau of Labor Statistics",
    title="Public Data API: unemployment rate (LAUS, CPS), employment by industry (CES), job openings and "
    "hires (JOLTS)",
    short_title="BLS public data API",
    url="https://www.bls.gov/developers/",
    licence=US_PUBLIC_DOMAIN,
    attribution="U.S. Bureau of Labor Statistics, Public Data API. BLS cannot vouch for the data after they "
    "have been retrieved.",
    period=NOT_FETCHED,
    released="",
    cadence="monthly",
    next_due="",
    files=(),
    tables=("bls_series",),
    caveats=("bls_monthly",),
)
_TABLE = TABLE_BY_ID["bls_series"]
_SUCCEEDED = "REQUEST_SUCCEEDED"
_ANNUAL = "M13"
_MISSING = ("-", "")
_MOST = 10_000_000  # thousands of jobs, or percent
_ASK_AGAIN = "Run python -m lmi refresh realtime again later."


def parse(raw: Path) -> dict[str, pd.DataFrame]:
    """Table bls_series without a row: nothing of it is bundled."""
    return {"bls_series": reading.conform(pd.DataFrame(columns=list(_TABLE.columns)), _TABLE, SOURCE.id)}


def read_answer(content: bytes, place: str) -> pd.DataFrame:
    """The rows of one answer: series_id, period (YYYY-MM), value (as published, null where it is '-'),
    preliminary. Annual averages (M13) are dropped.

    BadFile where the answer is no JSON, says that the query failed (which comes with HTTP 200), is of
    another form, or holds what can be no figure.
    """
    answer = _decoded(content, place)
    status = answer.get("status")
    if status != _SUCCEEDED:
        raise BadFile(
            f"{place}: BLS did not answer the query ({str(status)[:60]}).",
            f"It says: {'; '.join(messages(answer)) or 'nothing further'}",
            _ASK_AGAIN,
        )
    try:
        rows = [
            (series["seriesID"], item["year"], item["period"], item["value"], _preliminary(item))
            for series in answer["Results"]["series"]
            for item in series["data"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise BadFile(
            f"{place} is not in the form of an answer of BLS.",
            f"Results, series and their data were expected; {type(error).__name__}: {error}.",
            _ASK_AGAIN,
        ) from error
    return _rows(rows, place)


def messages(answer: dict[str, Any]) -> list[str]:
    """What an answer says besides its figures."""
    said = answer.get("message")
    return [str(each)[:300] for each in said] if isinstance(said, list) else []


def require_past(rows: pd.DataFrame, today: date) -> None:
    """BadFile for a month after the present one. rows: as read_answer gives."""
    _require(rows.period <= f"{today:%Y-%m}", rows, "The answer of BLS", f"Nothing after {today:%Y-%m}")


def keyless(text: str, key: str) -> str:
    """The text with '(key)' wherever the key stands, in capitals or not, and as JSON may write it."""
    if not key:
        return text
    spelled = "".join(rf"(?:\\?{re.escape(c)}|\\u{ord(c):04x})" for c in key)
    return re.sub(spelled, "(key)", text, flags=re.IGNORECASE)


def table(rows: pd.DataFrame, asked: Iterable[Series]) -> pd.DataFrame:
    """Table bls_series of answers to queries for some series; counts in jobs, not in thousands.

    rows: as read_answer gives. BadFile for a series that was not asked for, a rate above 100%, or
    an answer without a figure.
    """
    by_id = {series.id: series for series in asked}
    odd = rows[~rows.series_id.isin(by_id)]
    if len(odd) or rows.value.isna().all():
        found = f"It holds {odd.series_id.iloc[0]}." if len(odd) else "It holds no figure."
        raise BadFile("The answer of BLS does not fit the query.", found, _ASK_AGAIN)
    out = rows.assign(
        area_code=[by_id[i].area_code for i in rows.series_id],
        measure=[by_id[i].measure for i in rows.series_id],
        industry=[by_id[i].industry for i in rows.series_id],
    )
    fits = (out.measure != bls_series.RATE) | (out.value <= 100).fillna(True)
    _require(fits, out, "The answer of BLS", "A rate of 100% at most")
    counted = out.measure.isin(bls_series.IN_THOUSANDS)
    out["value"] = out.value.mask(counted, (out.value * 1000).round())
    return reading.conform(out, _TABLE, "the answer of BLS")


def require_kept(found: pd.DataFrame, held: pd.DataFrame, asked: Iterable[Series], first: str) -> None:
    """BadFile where an answer lacks a series that is held, or ends before what is held of it: it is a part.

    found, held: table bls_series; not modified. first: the first month that was asked for; a series that
    ended before it is in no answer.
    """
    known = held[held.series_id.isin([series.id for series in asked])]
    reached = known.groupby("series_id").period.max()
    reached = reached[reached >= first]
    newest = found.groupby("series_id").period.max().reindex(reached.index)
    short = newest[newest.isna() | (newest < reached)]
    if len(short):
        name = str(short.index[0])
        ends = f"ends {short.iloc[0]}" if pd.notna(short.iloc[0]) else "is not there"
        raise BadFile(
            "The answer of BLS lacks figures that are in use.",
            f"{name} {ends}; the figures in use reach {reached[name]}. {len(short)} of the {len(reached)} "
            "series in use fall short.",
            "Run the command again in some days. If BLS has given a series up, remove the folder of what was "
            "refreshed (data/refreshed, or LMI_REFRESHED_DIR) first.",
        )


def merged(earlier: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Both tables together; for a series and month that both have, the newer one counts."""
    if earlier.empty:
        return newer
    both = pd.concat([earlier, newer], ignore_index=True)
    kept = both.drop_duplicates(list(_TABLE.key), keep="last").sort_values(list(_TABLE.key))
    return reading.conform(kept, _TABLE, SOURCE.id)


def described(series: pd.DataFrame) -> Source:
    """SOURCE as it is once it holds figures. series: table bls_series."""
    known = series.period[series.value.notna()]
    first, last = str(known.min()), str(known.max())
    period = f"{in_words(first)}–{in_words(last)}"
    return replace(SOURCE, period=period, next_due=month_after(last, 2))


def _decoded(content: bytes, place: str) -> dict[str, Any]:
    try:
        answer = json.loads(content, strict=False)  # line breaks occur inside texts
    except RecursionError as error:
        why = "Its brackets are nested too deeply."
        raise BadFile(f"{place} is not an answer of BLS.", why, _ASK_AGAIN) from error
    except ValueError as error:  # also bytes that are no text
        start = content[:60].decode("utf-8", "replace")
        raise BadFile(f"{place} is not JSON.", f"It begins with {start!r}.", _ASK_AGAIN) from error
    if not isinstance(answer, dict):
        raise BadFile(f"{place} is not an answer of BLS.", f"It is a {type(answer).__name__}.", _ASK_AGAIN)
    return answer


def _require(good: pd.Series, rows: pd.DataFrame, place: str, expected: str) -> None:
    """BadFile, naming series and month, for the first row that is not good."""
    if not good.all():
        row = rows[~good].iloc[0]
        raise BadFile(
            f"{place}: {row.series_id} has {str(row.value)[:60]!r} for {row.period}.",
            f"{expected} was expected.",
            _ASK_AGAIN,
        )


def _preliminary(item: dict[str, Any]) -> bool:
    return any(note.get("code") == "P" for note in item.get("footnotes") or [] if note)


def _rows(rows: list[tuple[str, str, str, str, bool]], place: str) -> pd.DataFrame:
    columns = ["series_id", "year", "month", "value", "preliminary"]
    cells = pd.DataFrame([(*(str(c) for c in row[:4]), row[4]) for row in rows], columns=columns)
    cells = cells.astype(dict.fromkeys(columns[:4], "str") | {"preliminary": "boolean"})
    reading.codes(cells.year, r"(19|20)\d{2}", place)
    reading.codes(cells.month, r"M(0[1-9]|1[0-3])", place)
    cells = cells[cells.month != _ANNUAL].reset_index(drop=True)
    cells["period"] = cells.year + "-" + cells.month.str[1:]
    text = cells.value.str.replace(",", "")
    known = ~text.isin(_MISSING)
    values = pd.to_numeric(text.where(known), errors="coerce").astype("Float64")
    good = ~known | values.between(0, _MOST).fillna(False)
    _require(good, cells, place, f"'-' or a number from 0 to {_MOST:,}")
    cells["value"] = values
    return cells[["series_id", "period", "value", "preliminary"]]
