"""Many people open Overview in the same instant: websocket clients that speak Streamlit's protobuf."""

import asyncio
import time
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench import server
from bench.report import Row
from bench.stage import NotMeasured, Stage

PEOPLE = 50
WAVES = 3
AIM_S = 2.0
PATIENCE_S = 60
_ANSWER = b'data-testid="answer"'


@dataclass(frozen=True)
class Visit:
    """Seconds from the common instant until the script finished; whether the answer was among it."""

    seconds: float
    answered: bool
    megabytes: float


def measure(stage: Stage) -> list[Row]:
    """A crowd at a server that nobody has visited, and waves of it at one that somebody has."""
    with server.app(stage) as port:
        cold = asyncio.run(crowd(port, PEOPLE))
        alone = asyncio.run(crowd(port, 1))
    waves = []
    with server.app(stage) as port:
        asyncio.run(crowd(port, 1))
        for _ in range(stage.repeats(WAVES)):
            waves.append(asyncio.run(crowd(port, PEOPLE)))
            time.sleep(1)
    warm = [visit for wave in waves for visit in wave]
    return [
        _row(f"crowd: {PEOPLE} open Overview, warm", warm, AIM_S, f"{len(waves)} waves after one visit; "),
        _row(f"crowd: {PEOPLE} open Overview, fresh server", cold, None, "nobody came before; "),
        _row("crowd: one alone, warm", alone, None, ""),
    ]


def _row(name: str, visits: list[Visit], aim: float | None, note: str) -> Row:
    answered = sum(v.answered for v in visits)
    size = max(v.megabytes for v in visits)
    note += f"{answered} of {len(visits)} got the answer; {size:.2f} MB each"
    return Row(name, tuple(v.seconds for v in visits), "s", aim, "max", note)


async def crowd(port: int, people: int) -> list[Visit]:
    """All connect and ask in the same instant; NotMeasured if one is not served."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.gather(*(_visit(port, began) for _ in range(people)))
    except (TimeoutError, OSError, WebSocketException) as error:
        raise NotMeasured(f"a visit failed: {type(error).__name__}") from error


async def _visit(port: int, began: float) -> Visit:
    ask = BackMsg()
    ask.rerun_script.query_string = ""
    ask.rerun_script.page_script_hash = ""
    answered, received = False, 0
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None, compression=None, proxy=None, open_timeout=PATIENCE_S,
    ) as socket:  # fmt: skip
        await socket.send(ask.SerializeToString())
        async for data in socket:
            assert isinstance(data, bytes)
            received += len(data)
            answered = answered or _ANSWER in data
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "script_finished":
                spent = time.perf_counter() - began
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise NotMeasured("the script did not finish successfully")
                return Visit(spent, answered, received / 1e6)
    raise NotMeasured("the server closed the connection")
