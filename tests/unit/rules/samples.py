"""Rule files to start from, and a pack read from text."""

from pathlib import Path

from benyuan.rules import RulePack
from benyuan.rules.nodes import compose
from benyuan.rules.reading import read_file

LIMIT = """\
id: sample.limit
measure: 2
kind: limit
title: {en: "A sample", zh: 样例}
reads: payment_date
scope: customer
window: day
unit: CNY
values:
  - in_force: 2020-01-01
    value: "1000.00"
    cite: {document: 样发〔2019〕1号, title: 样例办法, article: 第三条, item: （二）}
    status: verified
    verified_on: 2026-11-22
  - in_force: 2022-01-01
    until: 2024-01-01
    value: "2000.00"
    cite: {document: 样发〔2021〕2号, title: 样例办法, article: 第三条}
    status: verified
    verified_on: 2026-11-22
  - in_force: 2025-01-01
    value: agreed
    cite: {document: 样发〔2024〕3号, title: 样例办法}
    status: unverified
"""

TABLE = """\
id: sample.table
measure: 2
kind: gate
title: {en: "A table", zh: 表格}
reads: payment_date
scope: institution
unit: table
parameters: {rating: code, over: ratio_ppm, factor: factor_ppm, months: months, most: CNY, dollars: USD, kept: flag}
values:
  - in_force: 2020-01-01
    tiers:
      - {rating: A, over: "95%", factor: "2.0", months: 12, most: "5.00", dollars: "1.00", kept: true}
      - {rating: B, over: 900000, factor: "1.5", months: 6, most: "4.00", dollars: "0.50", kept: false}
    cite: {document: 样发〔2019〕1号, title: 样例办法}
    status: secondary
"""

GRADUATED = """\
id: sample.graduated
measure: 1
kind: ratio
title: {en: "Slices", zh: 累退}
reads: position_date
scope: institution
unit: ratio_ppm
parameters: {transition: months}
values:
  - in_force: 2020-01-01
    value:
      - {over: "0.00", rate: "5%"}
      - {over: "500.00", rate: "4.5%"}
    parameters: {transition: 12}
    cite: {document: 样发〔2019〕1号, title: 样例办法}
    status: secondary
"""

DATED = (
    GRADUATED.replace("sample.graduated", "sample.dated")
    .replace("transition: months", "by: date")
    .replace("transition: 12", "by: 2020-02-29")
)


def pack_of(*texts: str) -> RulePack:
    """A pack of these files and nothing else."""
    contents = [read_file(compose(file="sample.yaml", text=text)) for text in texts]
    return RulePack(
        all_rules=tuple(each.rule for content in contents for each in content.rules),
        open_rows=tuple(each.row for content in contents for each in content.open_rows),
    )


def write(directory: Path, **files: str) -> Path:
    """Files `name.yaml` in a directory of their own."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    return directory
