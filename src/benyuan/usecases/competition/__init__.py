"""The commands of fair competition: markets as somebody defined them, and who has how much of each."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.competition.define_market import DefineMarket
from benyuan.usecases.competition.record_market_figure import RecordMarketFigure

COMPETITION: tuple[UseCase, ...] = (DefineMarket(), RecordMarketFigure())

__all__ = ["COMPETITION"]
