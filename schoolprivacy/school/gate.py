"""Keeping threads out of the file while its key changes: their key would open nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Many threads go through at the same time, until somebody shuts it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False
        self._deep = threading.local()  # how often this thread went in

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Be inside, as soon as the gate is open; again from inside is free."""
        depth: int = getattr(self._deep, "depth", 0)
        if not depth:
            with self._changed:
                self._changed.wait_for(lambda: not self._shut)
                self._inside += 1
        self._deep.depth = depth + 1
        try:
            yield
        finally:
            self._deep.depth = depth
            if not depth:
                with self._changed:
                    self._inside -= 1
                    self._changed.notify_all()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Be alone, as soon as everybody went out."""
        if getattr(self._deep, "depth", 0):
            raise AssertionError("who is inside would wait for itself")
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._shut = True
            self._changed.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
