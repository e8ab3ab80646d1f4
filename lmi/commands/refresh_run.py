"""Fetch job postings and BLS series, keep what is good, and build the warehouse with it."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from lmi.answers.desk import Desk, open_desk
from lmi.commands.terminal import Progress
from lmi.domain.errors import BadFile, LmiError
from lmi.domain.selection import Area
from lmi.domain.source import Source
from lmi.places import Places, here
from lmi.sources import (
    _fetch,
    bls_api,
    bls_ledger,
    bls_series,
    indeed_files,
    indeed_metros,
    indeed_postings,
    indeed_sectors,
    indeed_wages,
    local_write,
    refreshed,
)
from lmi.sources.bls_ledger import Ledger
from lmi.sources.manifest import FILE_NAME, BundledFile
from lmi.sources.refreshed import Fresh
from lmi.warehouse import build, realtime
from lmi.warehouse.connect import Warehouse

INDEED_URL = "https://raw.githubusercontent.com/hiring-lab"
BLS_URL = "https://api.bls.gov/publicAPI/v2/timeseries/data/"
LIMITS = _fetch.Limits()
YEARS = 4  # of BLS series: this year and the three before
_POSTINGS, _WAGES = "job_postings_tracker/master/US", "indeed-wage-tracker/main"
_ANSWERS = f"{indeed_files.FOLDER}/bls_api"


@dataclass(frozen=True)
class Part:
    """A product of Indeed Hiring Lab: how its files are read, and where each lies below the publisher's
    address."""

    source: Source
    parse: Callable[[Path], dict[str, pd.DataFrame]]
    describe: Callable[[Path], Source]
    files: tuple[str, ...]


PARTS = (
    Part(
        indeed_postings.SOURCE, indeed_postings.parse, indeed_postings.describe,
        (f"{_POSTINGS}/{indeed_postings.NATION_FILE}", f"{_POSTINGS}/{indeed_postings.STATE_FILE}"),
    ),
    Part(
        indeed_sectors.SOURCE, indeed_sectors.parse, indeed_sectors.describe,
        (f"{_POSTINGS}/{indeed_sectors.FILE}",),
    ),
    Part(
        indeed_metros.SOURCE, indeed_metros.parse, indeed_metros.describe,
        (f"{_POSTINGS}/{indeed_metros.FILE}",),
    ),
    Part(indeed_wages.SOURCE, indeed_wages.parse, indeed_wages.describe, (f"{_WAGES}/{indeed_wages.FILE}",)),
)  # fmt: skip


@dataclass
class Run:
    """One refresh: what it works with, what it fetched, what failed, what is to be said at the end."""

    places: Places
    desk: Desk
    aside: Path  # files as published, until all of a source is good
    now: datetime
    fresh: list[Fresh] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def day(self) -> str:
        """The day of the run, UTC."""
        return self.now.date().isoformat()


def realtime_data(area_codes: Sequence[str], *, dry_run: bool) -> int:
    """Refresh all that is real-time; the exit code: 2 if a part failed, which stays as it was.

    area_codes: areas whose BLS series are wanted beside those of the default area, its states and the
    nation. dry_run: say what would be fetched, and fetch nothing.
    """
    places = here()
    if dry_run:
        desk = _desk(places)
        asked = bls_series.of_areas(first_states(desk, area_codes))
        desk.warehouse.close()
        _say_plan(places, asked, datetime.now(UTC))
        return 0
    with local_write.locked(places.refreshed / FILE_NAME):
        run = _realtime(places, area_codes)
    for line in [*run.said, *run.failed]:
        print(f"lmi: {line}", file=sys.stderr)
    return 2 if run.failed else 0


def _realtime(places: Places, area_codes: Sequence[str]) -> Run:
    """Fetch and put in use what is good. Nobody else runs meanwhile."""
    desk = _desk(places)
    run = Run(places, desk, places.raw / f".refresh-{uuid4().hex[:8]}", datetime.now(UTC))
    try:
        asked = bls_series.of_areas(first_states(desk, area_codes))
        _fetch_all(run, asked)
        _put_in_use(run)
    finally:
        for path in places.raw.glob(".refresh-*"):  # also what a run that was killed left
            shutil.rmtree(path, ignore_errors=True)
        desk.warehouse.close()
    return run


def _desk(places: Places) -> Desk:
    """The desk; if refreshed data stands in the way of a build, that of the bundle, for this run mends it."""
    with Progress("Building the warehouse") as progress:
        try:
            path = build.ensure(places, progress)
        except BadFile as error:
            path = build.ensure(replace(places, refreshed=places.refreshed / "none"), progress)
            print(f"lmi: {error.line()} It is fetched anew.", file=sys.stderr)
    return open_desk(places, Warehouse(path))


def first_states(desk: Desk, codes: Sequence[str]) -> dict[str, str]:
    """The areas whose BLS series are fetched, each with its first state ('' for the nation): the nation,
    then the default area and those of `codes` with their states. BadInput for an unknown code."""
    found = {"US": ""}
    for code in [desk.settings.default_area, *codes]:
        area: Area = desk.area(code)
        for member in (desk.areas[m] for m in area.members):
            if member.type != "nation":
                found |= {state: state for state in member.state_codes}
                found[member.code] = member.state_codes[0] if member.state_codes else ""
    return found


def _fetch_all(run: Run, asked: tuple[bls_series.Series, ...]) -> None:
    steps = [(part.source.short_title, partial(_indeed, run, part)) for part in PARTS]
    steps.append((bls_api.SOURCE.short_title, partial(_bls, run, asked)))
    with Progress("Fetching") as progress:
        for number, (name, step) in enumerate(steps):
            progress(number, len(steps), name)
            try:
                step()
            except LmiError as error:
                run.failed.append(f"{name} stays as it was. {error.line()}")


def _indeed(run: Run, part: Part) -> None:
    """One product: every file whole and in the form known, and not older than what is in use."""
    folder = run.aside / part.source.id
    files = []
    for path in part.files:
        target = folder / indeed_files.FOLDER / Path(path).name
        got = _fetch.download(f"{os.environ.get('LMI_INDEED_URL', INDEED_URL)}/{path}", target, LIMITS)
        indeed_files.require_whole(target)
        name = f"{indeed_files.FOLDER}/{target.name}"
        files.append(BundledFile(name, run.day, got.bytes, got.sha256, got.url))
    tables = part.parse(folder)
    for table, frame in tables.items():
        if table == "postings_metro_index":
            tables[table] = indeed_metros.in_areas(frame, pd.Series(list(run.desk.areas)))
        _require_newer(run, table, frame)
    source = part.describe(folder)
    _keep_files(run, folder)
    run.fresh.append(Fresh(source, tuple(files), tables))
    run.said.append(f"{source.short_title}: {source.period}.")


def _require_newer(run: Run, table: str, frame: pd.DataFrame) -> None:
    newest = str(frame["date" if "date" in frame else "period"].max())
    held = realtime.newest(run.desk.warehouse).get(table, "")
    if newest < held:
        raise BadFile(
            "What was fetched is older than what is in use.", f"It ends {newest}, the other {held}.",
            "Nothing is to be done; run the command again in some days.",
        )  # fmt: skip


def _bls(run: Run, asked: tuple[bls_series.Series, ...]) -> None:
    """All queries or nothing; every answer is kept as it came, without the key."""
    key, ledger = _key(), _ledger(run.places)
    queries = bls_series.in_queries(asked, ledger.allowance.series)
    ledger.require(run.now, len(queries))
    folder = run.aside / bls_api.SOURCE.id
    url, rows, files = os.environ.get("LMI_BLS_URL", BLS_URL), [], []
    for number, query in enumerate(queries, start=1):
        payload: dict[str, Any] = {
            "seriesid": [series.id for series in query],
            "startyear": str(run.now.year - YEARS + 1), "endyear": str(run.now.year),
        }  # fmt: skip
        payload |= {"registrationkey": key} if key else {}
        content = _fetch.post(url, payload, lambda: ledger.count(datetime.now(UTC)), LIMITS)
        content = content.replace(key.encode(), b"(key)") if key else content
        rows.append(bls_api.read_answer(content, f"Answer {number} of {len(queries)}"))
        path = folder / _ANSWERS / f"{run.now:%Y-%m-%dT%H%M%SZ}-{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        name = f"{_ANSWERS}/{path.name}"
        files.append(BundledFile(name, run.day, len(content), refreshed.sha256_of(content), url))
    found = bls_api.table(pd.concat(rows, ignore_index=True), asked)
    both = bls_api.merged(refreshed.table_of(run.places.refreshed, "bls_series"), found)
    earlier = refreshed.files_of(run.places.refreshed, bls_api.SOURCE.id)
    _keep_files(run, folder)
    source = bls_api.described(both)
    run.fresh.append(Fresh(source, (*earlier, *files), {"bls_series": both}))
    lacking = len(asked) - found.series_id.nunique()
    tail = f" BLS publishes nothing under {lacking} of the {len(asked)} series asked for." if lacking else ""
    run.said.append(f"{bls_api.SOURCE.short_title}: {source.period}.{tail}")


def _keep_files(run: Run, folder: Path) -> None:
    """Move the files of a source to where files lie as published."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        target = run.places.raw / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def _put_in_use(run: Run) -> None:
    """Write the refreshed folder and build; if the build refuses, the folder is put back as it was."""
    if not run.fresh:
        return
    folder = run.places.refreshed
    before = refreshed.manifest_content(folder)
    refreshed.keep(folder, run.fresh)
    try:
        with Progress("Building the warehouse") as progress:
            path = build.ensure(run.places, progress)
    except LmiError as error:
        refreshed.replace_manifest(folder, before)
        run.said.clear()
        run.failed.append(f"Nothing that was fetched is in use. {error.line()}")
        return
    run.said.append(f"The warehouse in use is {path.name}.")


def _key() -> str:
    return os.environ.get("BLS_API_KEY", "").strip()


def _ledger(places: Places) -> Ledger:
    return Ledger(places.refreshed, bls_ledger.WITH_KEY if _key() else bls_ledger.WITHOUT_KEY)


def _say_plan(places: Places, asked: tuple[bls_series.Series, ...], now: datetime) -> None:
    base = os.environ.get("LMI_INDEED_URL", INDEED_URL)
    for part in PARTS:
        for path in part.files:
            print(f"{part.source.short_title}: {base}/{path}")
    ledger = _ledger(places)
    queries = bls_series.in_queries(asked, ledger.allowance.series)
    areas = ", ".join(dict.fromkeys(series.area_code for series in asked))
    print(
        f"{bls_api.SOURCE.short_title}: {len(asked)} series of {areas} in {len(queries)} queries "
        f"{'with' if _key() else 'without'} a key; {ledger.left(now)} of {ledger.allowance.queries} "
        "queries are left for these 24 hours"
    )
