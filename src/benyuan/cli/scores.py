"""`benyuan score`: the credit score's table of points, its training, its figures, and one file explained."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from benyuan.cli.options import Json, Language, Spoken
from benyuan.cli.output import say_json, say_table
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from benyuan.credit_bureau.score.explaining import Explanation
    from benyuan.credit_bureau.score.fairness import GroupApprovals
    from benyuan.credit_bureau.score.monitoring import Discrimination
    from benyuan.credit_bureau.score.scorecard import Scorecard
    from benyuan.simulate.score.evaluation import Evaluation, Monitoring, Separation

app = typer.Typer(help="The credit score: points of a table, added up and explained.", no_args_is_help=True)

GROUP = ("group", "files", "approved", "bad", "impact ratio", "opportunity")
CARD_FILE, PAGE_FILE = "personal.yaml", "3-score-model-card.md"
Card: TypeAlias = Annotated[
    Path | None, typer.Option("--card", metavar="FILE", help="A card of your own; without it the one that comes along.")
]


def train(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIRECTORY", file_okay=False, help="Where card and model card are written."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Train the card on seven in ten of 30,000 real clients, and try it on the other three; some seconds.

        benyuan score train --out trained

    Writes personal.yaml, the table of points, and 3-score-model-card.md, which says how it does, how it was made and
    what it isn't. The same clients give the same bytes every time. Sex, age, education and marriage are in no card;
    what they would have bought is told beside.
    """
    from benyuan.credit_bureau.score.reading import text_of
    from benyuan.simulate.score import evaluation
    from benyuan.simulate.score.model_card import model_card
    from benyuan.simulate.score.samples import read_sample
    from benyuan.storage.scorecards import load_scorecard

    sample = read_sample()
    card, model = evaluation.train(sample)
    found = evaluation.evaluate(sample, card=card, model=model)
    written = []
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in ((CARD_FILE, text_of(card)), (PAGE_FILE, model_card(card, found))):
            (out / name).write_text(text, encoding="utf-8")
            written.append(str(out / name))
    same = card == load_scorecard()
    if as_json:
        say_json({"card": card, "as_shipped": same, "evaluation": found, "written": written})
        return
    _say_training(found, same=same)
    for name in written:
        typer.echo(name)


def _say_training(found: "Evaluation", *, same: bool) -> None:
    named: dict[str, Discrimination | Separation] = {
        "held out": found.held_out.discrimination,
        "five-fold": found.five_fold,
        "five-fold before rounding": found.without_protected,
        "the same with sex, age, education, marriage": found.with_protected,
        "held out, three months furnished": found.three_months,
    }
    rows = [(name, _parts(each.auc_ppm), _parts(each.ks_ppm)) for name, each in named.items()]
    title = "How the card separates; it is the one that comes along" if same else "How the card separates"
    say_table(title=title, columns=("", "AUC", "KS"), rows=rows, right=("AUC", "KS"))


def card(file: Card = None, language: Spoken = Language.en, as_json: Json = False) -> None:
    """The table of points: what a file begins with, and what each factor adds.

    benyuan score card
    """
    from benyuan.credit_bureau.score.explaining import bin_text
    from benyuan.credit_bureau.score.titles import BY_NAME
    from benyuan.storage.scorecards import load_scorecard

    found = load_scorecard(file)
    if as_json:
        say_json({"least_score": found.least_score, "most_score": found.most_score, "card": found})
        return
    zh = language is Language.zh
    rows = []
    for each in found.factors:
        title = BY_NAME[each.factor]
        named = title.zh if zh else title.en
        for one in (*each.bins, each.missing):
            share = f"{one.bads / one.files:.1%}" if one.files else "-"
            rows.append((named, bin_text(each, one, zh=zh), one.points, one.files, share))
            named = ""
    columns = ("factor", "value", "points", "files", "bad")
    say_table(title=_about(found), columns=columns, rows=rows, right=columns[2:])


def _about(found: "Scorecard") -> str:
    scaling = found.scaling
    meant = f"{scaling.at_points} is {scaling.odds} good files to a bad one, {scaling.double} more are twice that"
    name = f"{found.name} {found.version}"
    return f"{name}: every file begins with {found.base_points}; at most {found.most_score}. {meant}"


def monitor(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Parquet: the card's factors, months_known, and bad (0 or 1)."),
    ] = None,
    card: Card = None,
    cut_off: Annotated[int, typer.Option("--cut-off", help="Approved from so many points on.")] = 490,
    as_json: Json = False,
) -> None:
    """How a card does on files whose end is known: separation, drift, calibration, fairness.

        benyuan score monitor
        benyuan score monitor files.parquet --card own.yaml --cut-off 520

    Without a file, on the clients that were held out of training. Drift is that from the sample that the card was made
    of, whose counts stand in it; that of the score itself is told for the card that comes along. Fairness is told of
    the held-out clients alone: a file holds no groups.
    """
    from benyuan.simulate.score import evaluation
    from benyuan.simulate.score.samples import is_held_out, read_sample
    from benyuan.storage.scorecards import load_scorecard

    found = load_scorecard(card)
    sample = read_sample()
    held = is_held_out(sample.client_id)
    now = _read_files(file, found) if file else sample.part(held)
    before = sample.part(~held) if card is None else None  # another card was made of other files
    told = evaluation.monitor(found, now=now, before=before, cut_off=cut_off)
    if as_json:
        say_json(told)
    else:
        _say_monitoring(told)


def _read_files(path: Path, card: "Scorecard") -> Any:
    """Files from Parquet. Raises BadInput, OSError."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from benyuan.simulate.score.samples import Sample
    from benyuan.values.errors import BadInput

    names = ["months_known", "bad", *(each.factor for each in card.factors)]
    path.stat()
    try:
        table = pq.read_table(path)
    except pa.ArrowInvalid as error:
        raise BadInput(path.name, str(error).split("\n")[0], "a Parquet file") from None
    columns = {}
    for name in dict.fromkeys(names):
        if name not in table.column_names:
            raise BadInput(name, "nothing", "a column of this name")
        column = table[name]
        if not pa.types.is_integer(column.type) or column.null_count:
            raise BadInput(name, str(column.type), "whole numbers in every row, -1 for what can't be told")
        columns[name] = column.to_numpy().astype(np.int64)
    bad = columns.pop("bad")
    return Sample(columns=columns, bad=bad, client_id=np.arange(len(bad)), groups={})


def _say_monitoring(told: "Monitoring") -> None:
    found = told.discrimination
    title = f"{found.files:,} files, {found.bads:,} bad, {told.unscored:,} without a score"
    say_table(title=title, columns=("AUC", "KS"), rows=[(_parts(found.auc_ppm), _parts(found.ks_ppm))])
    drift = [(each.name, f"{each.psi_ppm / 1e6:.4f}", each.says) for each in told.drift]
    say_table(title="Drift from the card's sample", columns=("", "PSI", "says"), rows=drift, right=("PSI",))
    bands = [
        (
            f"{each.from_score} to {each.to_score}",
            each.files,
            each.bads,
            _percent(each.expected_bads_ppm),
            _percent(each.observed_bads_ppm),
        )
        for each in told.bands
    ]
    names = ("score", "files", "bads", "expected", "observed")
    say_table(title="Calibration", columns=names, rows=bands, right=names[1:])
    rows = [_group_row(name, each) for name, groups in told.groups.items() for each in groups]
    say_table(title=f"Approved from {told.cut_off} on", columns=GROUP, rows=rows, right=GROUP[1:])


def _group_row(name: str, each: "GroupApprovals") -> tuple[object, ...]:
    ratio = "" if each.impact_ratio_ppm is None else f"{each.impact_ratio_ppm / 1e6:.3f}"
    less = "" if each.opportunity_ppm is None else f"{each.opportunity_ppm / 1e4:+.1f}"
    return f"{name}: {each.group}", each.files, _percent(each.approval_ppm), _percent(each.bads_ppm), ratio, less


def _parts(ppm: int) -> str:
    return f"{ppm / 1e6:.4f}"


def _percent(ppm: int) -> str:
    return f"{ppm / 1e4:.1f}%"


def explain(
    client: Annotated[int, typer.Argument(metavar="CLIENT", help="A client of the sample, 1 to 30000.")],
    card: Card = None,
    language: Spoken = Language.en,
    as_json: Json = False,
) -> None:
    """One client's score, factor by factor: points, the best there are, and why some are lacking.

    benyuan score explain 17 --language zh
    """
    from benyuan.credit_bureau.score.explaining import explain as explained
    from benyuan.simulate.score.samples import read_sample
    from benyuan.storage.scorecards import load_scorecard
    from benyuan.values.errors import BadInput

    sample = read_sample()
    if not 1 <= client <= len(sample.client_id):
        raise BadInput("CLIENT", client, f"1 to {len(sample.client_id)}")
    place = int((sample.client_id == client).argmax())
    found = explained(load_scorecard(card), {name: int(column[place]) for name, column in sample.columns.items()})
    if as_json:
        say_json(found)
    else:
        _say_explanation(found, zh=language is Language.zh)


def _say_explanation(found: "Explanation", *, zh: bool) -> None:
    rows: list[tuple[object, ...]] = [("基础分" if zh else "every file begins with", "", found.base_points, "", "")]
    for line in found.lines:
        named = (line.title_zh, line.bin_zh) if zh else (line.title_en, line.bin_en)
        rows.append((*named, line.points, line.best_points, line.lacking_points))
    said = "没有评分" if zh else "no score"
    score = said if found.score < 0 else f"{found.score} ({found.least_score} - {found.most_score})"
    names = ("项目", "取值", "得分", "最高", "差距") if zh else ("factor", "value", "points", "best", "lacking")
    say_table(title=f"{found.card}: {score}", columns=names, rows=rows, right=names[2:])
    for line in found.reasons:
        typer.echo(f"- {line.reason_zh if zh else line.reason_en} ({line.lacking_points})")
    typer.echo()
    for note in found.notes_zh if zh else found.notes_en:
        typer.echo(note)


for command in (train, card, monitor, explain):
    app.command(name=command.__name__, help=help_of(command))(command)
