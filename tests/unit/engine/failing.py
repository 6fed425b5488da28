"""A store that fails when it is told to: before or after it has done what it was asked."""

from collections.abc import Callable, Iterator
from typing import Any

from benyuan.engine.store import Store, StoreUnavailable


class FailingStore:
    """Any store, with every call counted; `fails(call, name)` says which calls fail, `late` whether after the deed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.calls = 0
        self.failures = 0
        self.names: list[str] = []
        self.fails: Callable[[int, str], bool] = lambda call, name: False
        self.late = False

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self.store, name)
        return lambda *arguments, **named: self._call(name, lambda: asked(*arguments, **named))

    def _call(self, name: str, deed: Callable[[], Any]) -> Any:
        self.calls += 1
        self.names.append(name)
        fails = self.fails(self.calls, name)
        self.failures += fails
        if fails and not self.late:
            raise StoreUnavailable(f"call {self.calls}, {name}: the disk is away")
        done = deed()
        if isinstance(done, Iterator):
            done = iter(list(done))
        if fails:
            raise StoreUnavailable(f"call {self.calls}, {name}: the disk went away")
        return done

    def never_fail(self) -> None:
        """The disk is back."""
        self.fails = lambda call, name: False
        self.late = False
