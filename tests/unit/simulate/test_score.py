"""The score trained on the clients: the same bytes every time, what it reaches, and what it may not know."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from benyuan.credit_bureau.score.reading import text_of
from benyuan.credit_bureau.score.titles import FACTORS
from benyuan.simulate.score import regression
from benyuan.simulate.score.binning import category_bins, monotone_bins, weights_of_evidence
from benyuan.simulate.score.evaluation import PROTECTED, train
from benyuan.simulate.score.model_card import model_card
from benyuan.simulate.score.regression import fit_logit
from benyuan.simulate.score.samples import TARGET, Sample, account_months, folds_of, is_held_out, read_sample
from benyuan.simulate.score.training import CANDIDATES
from benyuan.storage.scorecards import BUILT_IN, load_scorecard
from tests.unit.simulate.scored import evaluated, sample, trained

ROOT = Path(__file__).parents[3]


def test_training_writes_the_card_that_comes_along() -> None:
    assert text_of(trained()[0]).encode() == BUILT_IN.read_bytes()


def test_training_anew_in_another_order_gives_the_same_bytes() -> None:
    whole = read_sample()
    order = np.random.default_rng(5).permutation(len(whole.bad))
    shuffled = Sample(
        columns={name: column[order] for name, column in whole.columns.items()},
        bad=whole.bad[order],
        client_id=whole.client_id[order],
        groups={},
    )
    assert text_of(train(shuffled)[0]) == text_of(train(whole)[0]) == text_of(trained()[0])


def test_no_points_are_near_where_rounding_turns() -> None:
    assert evaluated().margin > 1e-6


def test_the_model_card_is_what_the_code_writes() -> None:
    page = (ROOT / "docs" / "measures" / "3-score-model-card.md").read_text(encoding="utf-8")
    assert page == model_card(trained()[0], evaluated())


def test_it_reaches_what_others_reach_and_leaks_nothing() -> None:
    found = evaluated()
    assert 767_000 <= found.five_fold.auc_ppm < 800_000
    assert 413_000 <= found.five_fold.ks_ppm < 500_000
    assert 760_000 <= found.held_out.discrimination.auc_ppm < 800_000
    assert 750_000 <= found.three_months.auc_ppm < found.held_out.discrimination.auc_ppm
    assert found.trained_on.auc_ppm - found.held_out.discrimination.auc_ppm < 10_000


def test_protected_attributes_buy_next_to_nothing() -> None:
    found = evaluated()
    assert 0 < found.with_protected.auc_ppm - found.without_protected.auc_ppm < 5_000


def test_protected_attributes_and_the_target_are_in_no_factor() -> None:
    names = {factor.name for factor in FACTORS}
    assert set(sample().columns) == names
    assert {each.name for each in CANDIDATES} <= names
    assert not {each.name for each in PROTECTED} & names
    whole = {name: np.zeros(2, np.int64) for name in _source_columns() if name not in {TARGET, "sex", "age"}}
    assert account_months(whole).files == 2  # it needs neither


def _source_columns() -> list[str]:
    path = ROOT / "src" / "benyuan" / "simulate" / "data" / "card_clients.parquet"
    return list(pq.read_schema(path).names)


def test_clients_are_held_out_by_their_number_alone() -> None:
    held, folds = is_held_out(sample().client_id), folds_of(sample().client_id)
    assert int(held.sum()) == 9_045
    assert held[:10].tolist() == is_held_out(np.arange(1, 11)).tolist()
    assert np.bincount(folds).min() > 5_800
    assert abs(sample().bad[held].mean() - sample().bad[~held].mean()) < 0.01
    assert abs(held[folds == 0].mean() - 0.3) < 0.02  # the two hashes know nothing of one another


def test_the_files_are_what_the_bank_recorded() -> None:
    columns = sample().columns
    assert columns["months_known"].min() == columns["months_known"].max() == 6
    assert int((columns["worst_6m"] > 0).sum()) == 10_069
    assert columns["limit_fen"][0] == 20_000 * 20
    assert int(sample().groups["sex"].sum()) == 18_112  # women, as in the source
    assert read_sample(months=3).columns["months_known"].max() == 3


def test_violators_are_pooled() -> None:
    """Four groups of 1,000 with 100, 300, 200 and 400 bads: the middle two become one of 500 in 2,000."""
    values = np.repeat([0, 1, 2, 3], 1000)
    bad = np.concatenate([np.repeat([1, 0], [bads, 1000 - bads]) for bads in (100, 300, 200, 400)])
    assert monotone_bins(values, bad, rising=True, step=1).edges == (0, 1, 3)
    assert monotone_bins(values, bad, rising=None, step=1).edges == (0, 1, 2, 3)
    assert monotone_bins(values, bad, rising=False, step=1).edges == (0,)


def test_slight_steps_and_small_groups_are_merged() -> None:
    values = np.repeat([0, 1, 2], [5_000, 5_000, 50])
    bad = np.concatenate([np.repeat([1, 0], pair) for pair in ([500, 4_500], [510, 4_490], [50, 0])])
    assert monotone_bins(values, bad, rising=True, step=1).edges == (0,)


def test_what_cannot_be_told_is_no_bin_of_values() -> None:
    values = np.array([-1] * 10 + [0] * 500 + [5] * 500)
    bad = np.array([1] * 10 + [0] * 500 + [1] * 500)
    bins = monotone_bins(values, bad, rising=True, step=1)
    assert bins.edges[0] == 0
    assert len(bins.edges) == 2
    assert bins.places(values)[[0, 10, 510]].tolist() == [0, 1, 2]
    assert monotone_bins(np.array([-1, -1]), np.array([0, 1]), rising=True, step=1).edges == (0,)
    assert category_bins(np.array([3, -1, 1, 3])).edges == (1, 3)


def test_a_weight_of_evidence_is_a_logarithm_of_odds() -> None:
    weights = weights_of_evidence(np.array([1, 1, 1, 1, 2, 2, 2, 2]), np.array([0, 0, 0, 1, 0, 1, 1, 1]), bins=3)
    assert weights[0] == 0.0  # nobody is in it
    assert weights[1] == pytest.approx(np.log(3.5 / 1.5))
    assert weights[2] == pytest.approx(-weights[1])


def test_the_worked_constant() -> None:
    bad = np.repeat([1, 0], [30, 70])
    found = fit_logit(np.zeros((100, 1)) + np.arange(100)[:, None] % 2, bad)
    assert found.constant == pytest.approx(np.log(30 / 70), abs=1e-6)
    assert found.coefficients[0] == pytest.approx(0, abs=1e-6)


def test_a_fit_that_does_not_settle_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "MOST_STEPS", 1)
    with pytest.raises(ArithmeticError, match="no fit after 1 steps"):
        fit_logit(np.arange(10.0)[:, None], np.array([0, 1] * 5))


def test_the_card_is_explained_in_whole_points() -> None:
    card = load_scorecard()
    assert card.made_on == 20261128
    assert all(min(one.points for one in each.bins) >= 0 for each in card.factors)
    assert card.least_score < 490 < card.most_score
