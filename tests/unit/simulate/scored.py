"""The card trained and tried once for all tests of a process: each takes some seconds."""

from functools import cache

from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.simulate.score.evaluation import Evaluation, evaluate, train
from benyuan.simulate.score.samples import Sample, read_sample
from benyuan.simulate.score.training import Model


@cache
def sample() -> Sample:
    """All clients."""
    return read_sample()


@cache
def trained() -> tuple[Scorecard, Model]:
    """The card of the clients that aren't held out."""
    return train(sample())


@cache
def evaluated() -> Evaluation:
    """All figures."""
    card, model = trained()
    return evaluate(sample(), card=card, model=model)
