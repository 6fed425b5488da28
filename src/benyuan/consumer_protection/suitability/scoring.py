"""Answers scored: points, and the level that they give; in columns, and one by one as the readable reference.

The two are held equal by a property test.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.questionnaire import LETTERS, Questionnaire


def scored(questionnaire: Questionnaire, answers: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Points and levels, one of each a text of answers that fit (`answers_fault`)."""
    widest = max(len(question.options) for question in questionnaire.questions)
    worth = np.zeros((len(questionnaire.questions), widest), np.int64)
    for number, question in enumerate(questionnaire.questions):
        worth[number, : len(question.options)] = [option.points for option in question.options]
    picks = np.array([[LETTERS.index(pick) for pick in text.split(",")] for text in answers], np.int64)
    picks = picks.reshape(len(answers), len(questionnaire.questions))
    points = worth[np.arange(len(questionnaire.questions)), picks].sum(axis=1)
    least = np.array([band.points for band in questionnaire.bands])
    return points, np.searchsorted(least, points, side="right")


def scored_one(questionnaire: Questionnaire, answers: str) -> tuple[int, int]:
    """Points and level of one person's answers, as one would work them out by hand."""
    points = 0
    for question, pick in zip(questionnaire.questions, answers.split(","), strict=True):
        points += next(option.points for option in question.options if option.pick == pick)
    level = 0
    for band in questionnaire.bands:
        if points >= band.points:
            level = band.level
    return points, level
