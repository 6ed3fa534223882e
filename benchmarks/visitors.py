"""Visitors without a browser: they speak Streamlit's WebSocket as its page does, and say how long each run took."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

#: Longer than any first view of the largest journal.
PATIENCE: Final = 600
#: What is worked out beside the page (`mentor/ui/long_work.py`) says so in a container with such a key.
WORKING: Final = "-working_"


@dataclass(slots=True)
class Run:
    """One run of a page's script: from asking until all of it was there.

    `working` are its parts still being worked out, `widgets` those that have an id, with their options, `figures` what
    its metrics say.
    """

    seconds: float = 0.0
    working: int = 0
    widgets: dict[str, list[str]] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)


class Visitor:
    """One browser's connection, on one page."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self._socket = socket
        self._asked = BackMsg()
        self._asked.rerun_script.page_name = page
        self._asked.rerun_script.query_string = query
        self._shown, self._begun = Run(), 0.0
        self._kept: set[str] = set()
        #: When each part of the page is to be asked for again, and how often.
        self._ticks: dict[str, tuple[float, float]] = {}

    async def view(self, *changed: WidgetState) -> Run:
        """Run the page's script, as every click does, with widgets that were changed."""
        message = BackMsg()
        message.CopyFrom(self._asked)
        message.rerun_script.widget_states.widgets.extend(changed)
        message.rerun_script.cached_message_hashes.extend(self._kept)
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not await self._received():
                pass
        self._shown.seconds = time.perf_counter() - begun
        return self._shown

    async def view_to_the_end(self) -> tuple[Run, float]:
        """The first view, and the seconds until the last of the long work on it was there."""
        begun = time.perf_counter()
        first = await self.view()
        await self.settle()
        return first, time.perf_counter() - begun

    async def settle(self) -> None:
        """Wait until nothing on the page is being worked out."""
        while self._shown.working:
            await self.wait_for_change()

    async def wait_for_change(self) -> Run:
        """Tick as an open page does, until the server has drawn all of it again: the seconds are those of drawing."""
        async with asyncio.timeout(PATIENCE):
            while True:
                due = min((at for at, _ in self._ticks.values()), default=math.inf)
                try:
                    async with asyncio.timeout(None if due == math.inf else due - time.perf_counter()):
                        ended = await self._received()
                except TimeoutError:
                    await self._tick()
                    continue
                if ended:
                    self._shown.seconds = time.perf_counter() - self._begun
                    return self._shown

    async def wait_for_figures(self) -> None:
        """Wait until the page says other figures: drawn again it may show those of before the change, and say so."""
        before = self._shown.figures
        while self._shown.figures == before:
            await self.wait_for_change()

    def widget(self, name: str) -> str:
        """The id of the widget with this key on the page shown."""
        return next(known for known in self._shown.widgets if known.endswith(f"-{name}"))

    def options(self, name: str) -> list[str]:
        """What can be picked there."""
        return self._shown.widgets[self.widget(name)]

    async def _tick(self) -> None:
        """Ask for the part of the page whose turn it is."""
        fragment, (due, every) = min(self._ticks.items(), key=lambda tick: tick[1])
        self._ticks[fragment] = due + every, every
        message = BackMsg()
        message.CopyFrom(self._asked)
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = True
        await self._socket.send(message.SerializeToString())

    async def _received(self) -> bool:
        """Take the next message; whether it ends a run of the whole page."""
        message = ForwardMsg.FromString(await self._socket.recv(decode=False))
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self._shown, self._begun = Run(), time.perf_counter()
            self._ticks.clear()
        elif kind == "navigation":
            self._asked.rerun_script.page_script_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            every = message.auto_rerun.interval
            self._ticks[message.auto_rerun.fragment_id] = time.perf_counter() + every, every
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._ticks.pop(fragment, None)
        elif kind == "delta" and message.delta.HasField("new_element"):
            self._draw(message.delta.new_element)
        elif kind == "delta" and message.delta.HasField("add_block"):
            self._shown.working += WORKING in message.delta.add_block.id
        if message.metadata.cacheable:
            self._kept.add(message.hash)
        return kind == "script_finished" and bool(message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)

    def _draw(self, element: Element) -> None:
        """A page that broke must not pass for a quick one."""
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR):
            raise SystemExit(f"The page {self._asked.rerun_script.page_name!r} shows a failure: {element}")
        if kind == "metric":
            self._shown.figures.append(element.metric.body)
        if known := getattr(getattr(element, str(kind)), "id", ""):
            options = element.button_group.options if kind == "button_group" else ()
            self._shown.widgets[known] = [f"{option.content_icon} {option.content}".strip() for option in options]


@asynccontextmanager
async def visitor(port: int, page: str = "", query: str = "") -> AsyncIterator[Visitor]:
    """A browser that has just come to this page and asked for nothing yet."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None) as socket:
        yield Visitor(socket, page, query)


def picked(widget: str, option: str) -> WidgetState:
    state = WidgetState(id=widget)
    state.string_array_value.data.append(option)
    return state


def pressed(widget: str) -> WidgetState:
    return WidgetState(id=widget, trigger_value=True)
