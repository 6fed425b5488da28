"""The clearing house's file matched in plain Python, one transaction and one line after the other."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Tx:
    """A transaction through the house: our order, its direction (1 in, 2 out), fen, day."""

    order: int
    way: int
    fen: int
    on: int


@dataclass(frozen=True)
class Line:
    """A line of the file: its log position, clearing date, and what it says."""

    at: int
    date: int
    order: int
    way: int
    fen: int


@dataclass(frozen=True)
class Item:
    """What did not match."""

    way: int
    finding: int
    order: int
    line: int
    book_fen: int
    file_fen: int
    matched_on: int = 0
    resolved: bool = False
    counts: bool = True

    @property
    def is_open(self) -> bool:
        return not self.matched_on and not self.resolved


@dataclass
class House:
    """What has been seen so far."""

    transit: list[Tx] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    due_from: int = 0

    def close(self, date: int, made: list[Tx], lines: list[Line]) -> None:
        """Match the transactions that were made up to a day and the lines up to it, none of which was seen before."""
        self.transit += made
        left = self._meet_lines(lines)
        self._meet_items(date)
        self.due_from = max([self.due_from, *(line.date for line in lines)])
        late = [tx for tx in self.transit if tx.on < self.due_from]
        self.transit = [tx for tx in self.transit if tx.on >= self.due_from]
        self.items += [Item(tx.way, 1, tx.order, 0, tx.fen, 0) for tx in late]
        self.items += [Item(line.way, 2, line.order, line.at, 0, line.fen) for line in left]
        self.items = [replace(item, matched_on=date) if item.matched_on == -1 else item for item in self.items]

    def _meet_lines(self, lines: list[Line]) -> list[Line]:
        for same in (True, False):
            lines = [line for line in lines if not self._meet_line(line, same=same)]
        return lines

    def _meet_line(self, line: Line, *, same: bool) -> bool:
        if not 0 < line.order < line.at:
            return False
        for tx in self.transit:
            if (tx.order, tx.way) == (line.order, line.way) and (tx.fen == line.fen or not same):
                self.transit.remove(tx)
                if not same:
                    self.items.append(Item(tx.way, 3, tx.order, line.at, tx.fen, line.fen))
                return True
        for place, item in enumerate(self.items):
            fits = item.is_open and item.finding == 1 and (item.order, item.way) == (line.order, line.way)
            if fits and (item.book_fen == line.fen or not same):
                told = replace(item, line=line.at, file_fen=line.fen)
                self.items[place] = replace(told, matched_on=-1) if same else replace(told, finding=3)
                return True
        return False

    def _meet_items(self, date: int) -> None:
        for same in (True, False):
            for place, item in enumerate(self.items):
                if not (item.is_open and item.finding == 2 and 0 < item.order < item.line) or item.matched_on:
                    continue
                for tx in self.transit:
                    fits = (tx.order, tx.way) == (item.order, item.way) and (tx.fen == item.file_fen or not same)
                    if fits:
                        self.transit.remove(tx)
                        told = replace(item, book_fen=tx.fen)
                        self.items[place] = replace(told, matched_on=date) if same else replace(told, finding=3)
                        break
