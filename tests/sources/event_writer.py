"""A process that logs events until it has logged enough or is killed; it prints each that is acknowledged.

python -m tests.sources.event_writer RECORD JOURNAL WHO COUNT"""

import sys
from pathlib import Path

from lmi.sources.events_edit import add_event
from tests.sources.small_events import AT, KNOWN, ROW


def main(record: str, journal: str, who: str, count: str) -> None:
    for number in range(int(count)):
        row = {**ROW, "notes": f"{who} {number}"}
        print(add_event(Path(record), Path(journal), row, KNOWN, who, AT), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
