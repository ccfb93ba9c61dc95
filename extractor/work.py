"""Work: documents, one after the other or in several processes at once, their results in the order of the sources."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .reading import NotTextError
from .sources import Source, Unlisted, read, text

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from .model import Record
    from .pipeline import Pipeline

_AHEAD = 4
"""So many documents a process are read before their turn to be written: memory is bounded, whatever their number."""


@dataclass(slots=True, frozen=True)
class Outcome:
    """What became of a source: its ``portion`` of the output, or a ``complaint``, or neither (it is no text)."""

    source: Source | Unlisted
    portion: list[Any] | None = None
    complaint: str | None = None


@dataclass(slots=True, frozen=True)
class Task:
    """What is done to every document; ``encode`` makes of its records what the writer writes."""

    date: date | None
    subject: str | None
    encoding: str | None
    rules: tuple[Path, ...]
    encode: Callable[[list[Record]], list[Any]]

    def pipeline(self) -> Pipeline:
        """The pipeline, built at the first call.

        Raises:
            RuleError: a mistake in the rules.
        """
        from .userrules import pipeline

        return pipeline(self.rules)

    def run(self, source: Source, data: bytes | None = None) -> Outcome:
        """Read a source (or take its ``data``) and extract; no document raises."""
        from .pipeline import named

        try:
            data = read(source, self.encoding) if data is None else data
            document = text(source, data, self.encoding) if data is not None else None
            if document is None:
                return Outcome(source)
            records = self.pipeline().run(document, self.date, self.subject)
            return Outcome(source, self.encode(named(records, source.name)))
        except OSError as error:
            return Outcome(source, complaint=error.strerror or str(error))
        except NotTextError as error:
            return Outcome(source, complaint=str(error))
        except Exception as error:  # a mistake of zhfacts; the other documents are none the worse for it
            return Outcome(source, complaint=f"zhfacts fails on this text: {type(error).__name__}: {_line(error)}")


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(task: Task, sources: Iterable[Source | Unlisted]) -> Iterator[Outcome]:
    """The outcomes of ``sources``, one after the other."""
    for source in sources:
        yield Outcome(source, complaint=source.reason) if isinstance(source, Unlisted) else task.run(source)


@contextmanager
def workers(task: Task, jobs: int) -> Iterator[Workers]:
    """``jobs`` processes that know ``task``; they end with the block, or with this process."""
    pool = Workers(task, jobs)
    try:
        yield pool
    finally:
        pool.end()


@dataclass(slots=True)
class _Job:
    """A source whose turn to be written comes; ``data`` is what cannot be read again."""

    source: Source
    data: bytes | None
    future: Future[Outcome]

    @property
    def is_lost(self) -> bool:
        return self.future.done() and self.future.exception() is not None


class Workers:
    """A pool of processes that goes on when one of them dies."""

    def __init__(self, task: Task, jobs: int) -> None:
        self._task, self._jobs = task, jobs
        task.pipeline()  # built once, and shared by all where processes can fork
        self._pool = self._start()

    def run(self, sources: Iterable[Source | Unlisted]) -> Iterator[Outcome]:
        """The outcomes of ``sources``, in their order."""
        sources = iter(sources)
        waiting: deque[_Job | Outcome] = deque()
        while True:
            while len(waiting) < self._jobs * _AHEAD and (source := next(sources, None)) is not None:
                waiting.append(self._job(source))
            if not waiting:
                return
            job = waiting.popleft()
            if isinstance(job, Outcome):
                yield job
                continue
            try:
                outcome = job.future.result()
            except RuntimeError:  # a process died, and the pool with it
                outcome = self._alone(job)
                self._resume(waiting)
            yield outcome

    def end(self) -> None:
        """End the processes at once."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()

    def _start(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor

        forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
        context = multiprocessing.get_context("fork" if forks else "spawn")
        pool = ProcessPoolExecutor(self._jobs, context, _begin, (self._task,))
        pool.submit(os.getpid)  # starts them now, before there are other threads and open databases
        return pool

    def _job(self, source: Source | Unlisted) -> _Job | Outcome:
        if isinstance(source, Unlisted):
            return Outcome(source, complaint=source.reason)
        try:
            data = None if source.is_plain else read(source, None)
        except OSError as error:
            return Outcome(source, complaint=error.strerror or str(error))
        return _Job(source, data, self._submit(source, data))

    def _submit(self, source: Source, data: bytes | None) -> Future[Outcome]:
        try:
            return self._pool.submit(_work, source, data)
        except RuntimeError as error:  # the pool is broken, which comes to light when its turn is there
            lost: Future[Outcome] = Future()
            lost.set_exception(error)
            return lost

    def _alone(self, job: _Job) -> Outcome:
        """The outcome of one document in processes of its own: the one that died may have died over another."""
        self.end()
        self._pool = self._start()
        try:
            return self._submit(job.source, job.data).result()
        except RuntimeError:
            self.end()
            self._pool = self._start()
            return Outcome(job.source, complaint="the process that read it died (is there memory enough?)")

    def _resume(self, waiting: Iterable[_Job | Outcome]) -> None:
        for job in waiting:
            if isinstance(job, _Job) and job.is_lost:
                job.future = self._submit(job.source, job.data)


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


def _work(source: Source, data: bytes | None) -> Outcome:
    assert _task is not None
    return _task.run(source, data)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
