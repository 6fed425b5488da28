"""Which step of each chain was the last at the end of a day, and so what the state was."""

from benyuan.consumer_finance.columns import Ints


def last_steps(*, last: Ints, on_date: Ints, previous: Ints, day: int) -> Ints:
    """For chains by their last steps, the last step up to the end of `day` (yyyymmdd); 0 where there was none yet.

    `on_date` and `previous` are whole columns of the steps. Few chains have steps after a day that is being closed, so
    walking back from the end is short.
    """
    rows = last.copy()
    later = on_date[rows] > day
    while later.any():
        rows[later] = previous[rows[later]]
        later = on_date[rows] > day
    return rows
