"""Fetch job postings and BLS series, keep what is good, and build the warehouse with it."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from lmi.answers.desk import Desk, open_desk
from lmi.commands.refresh_parts import INDEED_URL, PARTS, Part
from lmi.commands.terminal import Progress
from lmi.domain.errors import BadFile, LmiError
from lmi.domain.selection import Area
from lmi.domain.tables import TABLE_BY_ID
from lmi.places import Places, here
from lmi.sources import (
    _fetch,
    bls_api,
    bls_ledger,
    bls_series,
    indeed_checks,
    indeed_files,
    indeed_metros,
    local_write,
    refreshed,
)
from lmi.sources.bls_ledger import Ledger
from lmi.sources.manifest import FILE_NAME, BundledFile
from lmi.sources.refreshed import Fresh
from lmi.warehouse import build, overlay
from lmi.warehouse.connect import Warehouse
from lmi.warehouse.overlay import Chosen

BLS_URL = "https://api.bls.gov/publicAPI/v2/timeseries/data/"
LIMITS = _fetch.Limits()
YEARS = 4  # of BLS series: this year and the three before
_ANSWERS = f"{indeed_files.FOLDER}/bls_api"


@dataclass
class Run:
    """One refresh: what it works with, what it fetched, what failed, what is to be said at the end."""

    places: Places
    desk: Desk
    held: Chosen  # the data in use
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
        desk, _ = _in_use(places)
        asked = bls_series.of_areas(first_states(desk, area_codes))
        desk.warehouse.close()
        _say_plan(places, asked, _now())
        return 0
    with _alone(places):
        run = _realtime(places, area_codes)
    for line in [*run.said, *run.failed]:
        print(f"lmi: {bls_api.keyless(line, _key())}", file=sys.stderr)
    return 2 if run.failed else 0


@contextlib.contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Keep another refresh away; LmiError where one is running."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(local_write.locked(places.refreshed / FILE_NAME))
        except LmiError as error:
            if isinstance(error.__cause__, OSError):
                raise refreshed.not_writable(places.refreshed, error.__cause__) from error
            raise LmiError(
                "Another refresh is running.",
                f"It did not end within {local_write.WAIT_SECONDS:g} seconds; this one fetched nothing.",
                "Wait for it to end; what it fetches is then in use.",
            ) from error
        yield


def _realtime(places: Places, area_codes: Sequence[str]) -> Run:
    """Fetch and put in use what is good. Nobody else runs meanwhile."""
    desk, held = _in_use(places)
    run = Run(places, desk, held, places.raw / f".refresh-{uuid4().hex[:8]}", _now())
    try:
        asked = bls_series.of_areas(first_states(desk, area_codes))
        _fetch_all(run, asked)
        _put_in_use(run)
    finally:
        for path in places.raw.glob(".refresh-*"):  # also what a run that was killed left
            shutil.rmtree(path, ignore_errors=True)
        desk.warehouse.close()
    return run


def _in_use(places: Places) -> tuple[Desk, Chosen]:
    """The desk and its data; if refreshed data stands in the way of a build, those of the bundle, for this
    run mends it."""
    with Progress("Building the warehouse") as progress:
        try:
            path = build.ensure(places, progress)
        except BadFile as error:
            places = replace(places, refreshed=places.refreshed / "none")
            path = build.ensure(places, progress)
            print(f"lmi: {error.line()} It is fetched anew.", file=sys.stderr)
    return open_desk(places, Warehouse(path)), overlay.choose(places)


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
            except Exception as error:  # one publisher's answer never stops the others
                run.failed.append(f"{name} stays as it was. {_as_told(error, run.places).line()}")


def _as_told(error: Exception, places: Places) -> LmiError:
    """A failure in words. The text of one that was not foreseen may hold what was sent: it is not shown."""
    if isinstance(error, LmiError):
        return error
    if isinstance(error, OSError):
        return LmiError(
            "What was fetched cannot be written.", f"{error.strerror or 'The disk fails'} ({places.raw}).",
            "Make that folder writable and free some space, or set LMI_RAW_DIR to another folder.",
        )  # fmt: skip
    return LmiError(
        "What was fetched cannot be read.", f"It is in a form not foreseen ({type(error).__name__}).",
        "Run the command again in some days; if it fails in the same way, the loader is to be mended.",
    )  # fmt: skip


def _indeed(run: Run, part: Part) -> None:
    """One product: every file whole, in the form known, and fit to replace what is in use."""
    folder = run.aside / part.source.id
    files = []
    for path in part.files:
        target = folder / indeed_files.FOLDER / Path(path).name
        got = _fetch.download(f"{os.environ.get('LMI_INDEED_URL', INDEED_URL)}/{path}", target, LIMITS)
        indeed_files.require_whole(target)
        name = f"{indeed_files.FOLDER}/{target.name}"
        files.append(BundledFile(name, run.day, got.bytes, got.sha256, got.url))
    tables = part.parse(folder)
    names = {code: area.name for code, area in run.desk.areas.items()}
    for table, frame in tables.items():
        if table == "postings_metro_index":
            tables[table] = indeed_metros.in_areas(frame, pd.Series(list(run.desk.areas)))
            frame = tables[table]
        held = pd.read_parquet(run.held.paths[table])
        indeed_checks.require_usable(TABLE_BY_ID[table], frame, held, run.now.date(), names)
    source = part.describe(folder)
    _keep_files(run, folder)
    run.fresh.append(Fresh(source, tuple(files), tables))
    run.said.append(f"{source.short_title}: {source.period}.")


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
        content = _fetch.post(url, payload, lambda: ledger.count(_now()), LIMITS)
        text = content.decode("utf-8", "surrogateescape")  # whatever its bytes, they come back the same
        content = bls_api.keyless(text, key).encode("utf-8", "surrogateescape")
        rows.append(bls_api.read_answer(content, f"Answer {number} of {len(queries)}"))
        bls_api.require_past(rows[-1], run.now.date())
        path = folder / _ANSWERS / f"{run.now:%Y-%m-%dT%H%M%SZ}-{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        name = f"{_ANSWERS}/{path.name}"
        files.append(
            BundledFile(name, run.day, len(content), refreshed.sha256_of(content), bls_api.keyless(url, key))
        )
    found = bls_api.table(pd.concat(rows, ignore_index=True), asked)
    held = refreshed.table_of(run.places.refreshed, "bls_series")
    bls_api.require_kept(found, held, asked, f"{run.now.year - YEARS + 1}-01")
    both = bls_api.merged(held, found)
    earlier = refreshed.files_of(run.places.refreshed, bls_api.SOURCE.id)
    _keep_files(run, folder)
    source = bls_api.described(both)
    run.fresh.append(Fresh(source, (*earlier, *files), {"bls_series": both}))
    lacking = len({series.id for series in asked} - set(both.series_id))
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
    try:
        refreshed.keep(folder, run.fresh)
        with Progress("Building the warehouse") as progress:
            path = build.ensure(run.places, progress)
    except LmiError as error:
        run.said.clear()
        run.failed.append(f"Nothing that was fetched is in use. {error.line()}")
        if refreshed.manifest_content(folder) != before:
            refreshed.replace_manifest(folder, before)
        return
    run.said.append(f"The warehouse in use is {path.name}.")


def _now() -> datetime:
    return datetime.now(UTC)


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
