"""The desk of a run: its own warehouse, with the events in use counted as on the day of the newest."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from bench.stage import NotMeasured, Stage
from lmi.answers.desk import Desk, open_desk, with_events
from lmi.places import here
from lmi.warehouse.connect import Warehouse


def open_stage_desk(stage: Stage) -> Desk:
    """The desk of this run's warehouse; NotMeasured where there is none."""
    places = replace(here(), build=stage.build_dir)
    try:
        name = places.pointer.read_text(encoding="utf-8").strip()
    except OSError:
        raise NotMeasured("there is no warehouse") from None
    desk = open_desk(places, Warehouse(places.build / name))
    return with_events(desk, desk.events, newest_day(desk.events.rows))


def newest_day(rows: pd.DataFrame) -> str:
    """The day of the newest announcement, ISO: the same questions for the same record, and a year in which
    events count. Today where there is no event. rows: announced."""
    newest = rows.announced.max()
    return f"{datetime.now(UTC) if pd.isna(newest) else newest:%Y-%m-%d}"
