"""Pool: documents in several processes at once, their results in the order of the sources."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from .sources import Source, Unlisted
from .work import Outcome, Task, run

_AHEAD = 4
"""So many documents a process are read before their turn to be written: memory is bounded, whatever their number."""


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def workers(task: Task, jobs: int) -> Iterator[Workers]:
    """``jobs`` processes that know ``task``. They end with the block.

    Where an exception ends the block they are left at work, since a process that is stopped while it sends its results
    blocks this one for ever; they end when this process does (``os._exit``, which does not wait for them).
    """
    pool = Workers(task, jobs)
    yield pool
    pool.end()


def are_left() -> bool:
    """Whether processes are still at work."""
    return bool(multiprocessing.active_children())


@dataclass(slots=True)
class _Job:
    """A source, and what a process makes of it; ``None`` for what only this process can read (standard input)."""

    source: Source | Unlisted
    future: Future[Outcome] | None


class Workers:
    """A pool of processes that goes on when one of them dies."""

    def __init__(self, task: Task, jobs: int) -> None:
        self._task, self._jobs = task, jobs
        task.pipeline()  # built once, and shared by all where processes can fork
        self._pool = self._start()

    def run(self, sources: Iterable[Source | Unlisted]) -> Iterator[Outcome]:
        """The outcomes of ``sources``, in their order."""
        sources = iter(sources)
        waiting: deque[_Job] = deque()
        while True:
            while len(waiting) < self._jobs * _AHEAD and (source := next(sources, None)) is not None:
                waiting.append(_Job(source, self._submit(source)))
            if not waiting:
                return
            job = waiting.popleft()
            if job.future is None:
                yield from run(self._task, [job.source])
                continue
            try:
                outcome = job.future.result()
            except BrokenExecutor:  # a process died, and the pool with it
                outcome = self._alone(job.source)
                for later in waiting:
                    if later.future and later.future.done() and later.future.exception():
                        later.future = self._submit(later.source)
            yield outcome

    def end(self) -> None:
        """End the processes when they have done what they are at."""
        self._pool.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
        context = multiprocessing.get_context("fork" if forks else "spawn")
        pool = ProcessPoolExecutor(self._jobs, context, _begin, (self._task,))
        pool.submit(os.getpid)  # starts them now, before there are other threads and open databases
        return pool

    def _submit(self, source: Source | Unlisted) -> Future[Outcome] | None:
        if isinstance(source, Unlisted) or not source.is_plain:
            return None
        try:
            return self._pool.submit(_work, source)
        except BrokenExecutor as error:  # the pool is broken, which comes to light at this source's turn
            lost: Future[Outcome] = Future()
            lost.set_exception(error)
            return lost

    def _alone(self, source: Source | Unlisted) -> Outcome:
        """The outcome of a document that has a new pool to itself: the process may have died over another."""
        self._restart()
        future = self._submit(source)
        try:
            return future.result() if future else Outcome(source, complaint="it is gone")
        except BrokenExecutor:
            self._restart()
            return Outcome(source, complaint="the process that read it died (is there memory enough?)")

    def _restart(self) -> None:
        self.end()
        self._pool = self._start()


_task: Task | None = None
"""What this process does, where it is one of the workers."""


def _begin(task: Task) -> None:
    global _task
    _task = task
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    task.pipeline()


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(source: Source) -> Outcome:
    assert _task is not None
    return _task.run(source)
