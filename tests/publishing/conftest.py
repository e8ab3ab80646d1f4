import json

import pytest

from lmi.answers.room_record import record_of
from lmi.contributions.store import Store
from tests.publishing.meeting import held


@pytest.fixture(scope="session")
def meeting(small_desk):
    """The small meeting, held to its end; nobody changes it."""
    return held(small_desk, Store("sqlite://"))


@pytest.fixture(scope="session")
def record(small_desk, meeting):
    """Its record, as it comes back from JSON."""
    return json.loads(json.dumps(record_of(small_desk, meeting.room), allow_nan=False))
