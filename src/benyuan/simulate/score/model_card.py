"""The model card: what the score is, of what it was made, how it does and where it mustn't be used, for any reader.

Order 2021 No. 4 art. 31 (2): the method, the model and the main dimensions of an evaluation are reported to the central
bank; this page has them. Written from the card and its figures, so that it can't say anything else. Worked figure: an
AUC of 770,503 ppm is shown as 0.7705.
"""

from collections.abc import Iterable, Iterator, Sequence

from benyuan.credit_bureau.score.explaining import bin_text
from benyuan.credit_bureau.score.fairness import LEAST_FILES, GroupApprovals
from benyuan.credit_bureau.score.monitoring import Discrimination
from benyuan.credit_bureau.score.scorecard import FactorPoints, Scorecard
from benyuan.credit_bureau.score.titles import BY_NAME
from benyuan.simulate.score.evaluation import Evaluation, Separation

WRITTEN = "Written by `benyuan score train --out`; a test holds it. Don't edit."
FIELD = (
    ("raw logistic regression", "0.723", "0.38"),
    ("binned logistic regression, with sex, age, education, marriage", "0.769", "0.416"),
    ("binned logistic regression, without them", "0.767", "0.413"),
    ("gradient boosting", "0.781 to 0.785", "0.436 to 0.439"),
)
"""What others reach on the same clients, five-fold: taken beforehand, and nothing that this method was fitted to."""


LIMITS = """- A commitment: it neither grants nor refuses credit, and may not be advertised as if it did (art. 32).
- Tried on mainland borrowers. The clients are of one bank in Taiwan in 2005, a year of a card crisis: 22% were in
  default the month after. A bureau trains on its own files, and tries and reports the card, before it offers a score.
- Tried on files under {months} months, or on people with several accounts: the sample has one each.
- A forecast beyond the month that follows the last one furnished.
- Fair by itself. Limits were granted by a bank that knew age, education and marriage, and amounts paid go with means;
  the ratios above say how far that shows. The young and those with less schooling are approved less often, and go bad
  more often.
- Aware of months that nobody furnished: in them nobody counts as late. Whoever leaves out a bad month raises a score,
  which is why furnishing is checked elsewhere."""


def model_card(card: Scorecard, found: Evaluation) -> str:
    """The page as Markdown."""
    parts = (_what(card), _made(card, found), _table(card), _figures(found), _monitoring(found), _limits(card))
    return "\n\n".join(line for part in parts for line in part) + "\n"


def _what(card: Scorecard) -> Iterator[str]:
    yield f"# The score `{card.name}`, version {card.version}"
    yield WRITTEN
    day = str(card.made_on)
    scaling = card.scaling
    rows = [
        ("made on", f"{day[:4]}-{day[4:6]}-{day[6:]}"),
        ("what it says", "how likely a file is to stay good in the month that follows"),
        ("range", f"{card.least_score} to {card.most_score}"),
        (
            "scale",
            f"{scaling.at_points} means {scaling.odds} good files to a bad one; {scaling.double} more mean twice that",
        ),
        ("no score", f"under {card.least_months} months furnished of the last six; having none is no bad record"),
        ("method", "points of bins, added: [the algorithm](../algorithms/score.md), with a file worked by hand"),
        ("why so", "[decision 15](../decisions/0015-the-score.md)"),
        ("law", "征信业务管理办法 (Order 2021 No. 4) arts. 29, 31 (2), 32; 征信业管理条例 art. 14; PIPL art. 24"),
    ]
    yield _markdown(("", ""), rows)


def _made(card: Scorecard, found: Evaluation) -> Iterator[str]:
    yield "## What it was made of"
    yield (
        f"Sample: {card.sample}. {found.trained_on.files:,} files, {found.trained_on.bads:,} of them bad (target "
        f"`{card.target}`); {found.held_out.files:,} held out. Source: I-Cheng Yeh, UCI Machine Learning Repository "
        "(2016), CC BY 4.0. Only what was furnished before the month of the target is in a factor."
    )
    yield (
        "Not used, and without a place in the columns: sex, marriage, education, age, income, deposits, address, "
        "occupation, and all that Regulation 631 art. 14 forbids."
    )


def _table(card: Scorecard) -> Iterator[str]:
    yield "## The table"
    yield f"Every file begins with {card.base_points} points."
    for each in card.factors:
        title = BY_NAME[each.factor]
        yield f"### `{each.factor}`: {title.en} {title.zh}"
        yield f"Reason where points are lacking: {each.reason_en}; {each.reason_zh}."
        yield _markdown(("bin", "points", "files", "bad"), list(_bins(each)))


def _bins(each: FactorPoints) -> Iterator[tuple[str, ...]]:
    for one in (each.missing, *each.bins):
        share = f"{one.bads / one.files:.1%}" if one.files else "none in the sample: counted as the average"
        yield bin_text(each, one, zh=False), str(one.points), f"{one.files:,}", share


def _figures(found: Evaluation) -> Iterator[str]:
    yield "## How well it separates"
    rows = [
        ("**this card, held out**", *_two(found.held_out.discrimination)),
        ("**this method, five-fold**, cards of whole points", *_two(found.five_fold)),
        ("the files that it was made of", *_two(found.trained_on)),
        ("held out, as if only three months were furnished", *_two(found.three_months)),
        ("five-fold before rounding", *_two(found.without_protected)),
        ("the same with sex, age, education, marriage", *_two(found.with_protected)),
        *((f"elsewhere, five-fold: {name}", auc, ks) for name, auc, ks in FIELD),
    ]
    yield _markdown(("", "AUC", "KS"), rows)
    folds = found.five_fold
    bought = found.with_protected.auc_ppm - found.without_protected.auc_ppm
    yield (
        f"AUCs of single folds: {_parts(folds.least_auc_ppm)} to {_parts(folds.most_auc_ppm)}, so the third decimal is "
        f"noise. The protected attributes would buy {_parts(bought)} of AUC: that is what leaving them out costs. An "
        "AUC above 0.80 on these clients is a sign of a leak; a test refuses it."
    )
    yield (
        "Which factors might enter, and how finely they are cut, was settled with five-fold figures of all clients in "
        "sight (some twenty variants, 0.765 to 0.773). So the held-out files test the points, and not that choice."
    )
    yield (
        f"No points lie nearer than {found.margin:.4f} to where rounding would turn; the arithmetic of two machines "
        "differs by some 1e-12. So training anywhere writes the same table."
    )


def _monitoring(found: Evaluation) -> Iterator[str]:
    held = found.held_out
    yield "## Calibration, held out"
    bands = [
        (
            f"{each.from_score} to {each.to_score}",
            f"{each.files:,}",
            f"{each.bads:,}",
            *_rates(each.expected_bads_ppm, each.observed_bads_ppm),
        )
        for each in held.bands
    ]
    yield _markdown(("score", "files", "bads", "expected", "observed"), bands)
    yield "## Drift, held out against the sample"
    yield _markdown(
        ("", "PSI", ""), [(f"`{each.name}`", f"{each.psi_ppm / 1e6:.4f}", each.says) for each in held.drift]
    )
    yield "## Fairness, held out"
    yield (
        f"Approval from {held.cut_off} points on, across groups that the score doesn't know. The impact ratio is a "
        "group's rate over the highest; the usual floor is 0.80. Opportunity is the share of good files approved, less "
        f"that of the group with the highest rate. Groups under {LEAST_FILES} files aren't compared."
    )
    names = ("", "files", "approved", "bad", "impact ratio", "goods approved", "opportunity")
    for name, groups in held.groups.items():
        yield f"### By {name}"
        yield _markdown(names, [_approval(each) for each in groups])


def _approval(each: GroupApprovals) -> tuple[str, ...]:
    return (
        each.group,
        f"{each.files:,}",
        f"{each.approved:,} ({each.approval_ppm / 1e6:.1%})",
        f"{each.bads_ppm / 1e6:.1%}",
        "" if each.impact_ratio_ppm is None else f"{each.impact_ratio_ppm / 1e6:.3f}",
        f"{each.goods_approved:,} of {each.goods:,}",
        "" if each.opportunity_ppm is None else f"{each.opportunity_ppm / 1e4:+.1f} points",
    )


def _limits(card: Scorecard) -> Iterator[str]:
    yield "## What it isn't"
    yield LIMITS.format(months=card.least_months)


def _two(found: Discrimination | Separation) -> tuple[str, str]:
    return _parts(found.auc_ppm), _parts(found.ks_ppm)


def _parts(ppm: int) -> str:
    return f"{ppm / 1e6:.4f}"


def _rates(*ppm: int) -> Iterable[str]:
    return (f"{each / 1e6:.1%}" for each in ppm)


def _markdown(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---" for _ in names], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
