"""How much one document may take: bytes, processor time and memory.

Each limit is a variable of the environment, so that it holds for every command and for processes that commands start:
`CANCU_MAX_SECONDS=60 cancu read plan.pdf`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from cancu.errors import InputError

if sys.platform != "win32":
    import resource

_MEGABYTE = 2**20
_ALLOCATIONS = 50_000  # objects between two looks for rings; few megabytes
_AGAIN_S = 1.0  # an interrupt that falls into a destructor is lost: it comes again


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one document: megabytes of its file, and unpacked for DOCX; seconds of processor time; megabytes of memory to read it in.

    Time is bounded in a process's main thread, memory on Linux: commands and builds read there.
    """

    megabytes: int = 64
    unpacked_megabytes: int = 256
    seconds: int = 300
    memory_megabytes: int = 4096

    @property
    def bytes(self) -> int:
        """Of the file."""
        return self.megabytes * _MEGABYTE

    @property
    def unpacked_bytes(self) -> int:
        """Of all that a DOCX file holds."""
        return self.unpacked_megabytes * _MEGABYTE


def current() -> Limits:
    """The limits that hold: those of the environment, else the defaults. Raises InputError for one that is no whole number above zero."""
    set_: dict[str, int] = {}
    for name in Limits.__slots__:
        variable = f"CANCU_MAX_{name.upper()}"
        if value := os.environ.get(variable):
            if not (value.isascii() and value.isdigit() and int(value)):
                raise InputError(variable, f"is {value!r}", "give a whole number above zero, or unset it")
            set_[name] = int(value)
    return Limits(**set_)


class OutOfTime(BaseException):
    """What `time_limit` raises. It is no Exception, so that no reader takes it for a fault of its own."""


@contextmanager
def within(name: str) -> Iterator[None]:
    """Bounds what is done to the document `name`. Raises InputError where it takes too much time or memory, or nests too deep."""
    limits = current()
    raised = "raise {} if it is worth it, or split the document"
    try:
        with time_limit(limits.seconds), _memory(limits.memory_megabytes * _MEGABYTE), _few_collections():
            yield
    except OutOfTime:
        remedy = raised.format("CANCU_MAX_SECONDS")
        raise InputError(name, f"takes more than {limits.seconds} s of processor time to read", remedy) from None
    except MemoryError:
        remedy = raised.format("CANCU_MAX_MEMORY_MEGABYTES")
        raise InputError(name, f"takes more than {limits.memory_megabytes} MB of memory to read", remedy) from None
    except RecursionError:
        raise InputError(name, "its parts lie too deep in each other", "export it again, or save it as .txt") from None


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raises OutOfTime in what takes more processor time; in the main thread alone, and where no limit holds already."""
    free = hasattr(signal, "SIGPROF") and signal.getsignal(signal.SIGPROF) is signal.SIG_DFL
    if not free or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_S)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Lets Python look for rings of objects less often: reading makes many objects and hardly a ring."""
    often, *rest = gc.get_threshold()
    gc.set_threshold(often and max(often, _ALLOCATIONS), *rest)
    try:
        yield
    finally:
        gc.set_threshold(often, *rest)


@contextmanager
def _memory(most: int) -> Iterator[None]:
    pages = Path("/proc/self/statm")
    if not pages.is_file():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = int(pages.read_text("ascii").split()[0]) * resource.getpagesize() + most
    lowest = min(limit for limit in (wanted, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
