"""Every value in the rule pack is dated and cited, and says how far it was checked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.tidy.sources import PACKAGE, ROOT, Finding, assert_tidy

DATA = ROOT / PACKAGE / "rules" / "data"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
STATUSES = ("verified", "secondary", "unverified", "draft")


def fields_of(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def value_entries(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every entry of every list under a key `values`, however deep."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from value_entries(item)
    if isinstance(node, yaml.MappingNode):
        for key, child in fields_of(node).items():
            if key == "values" and isinstance(child, yaml.SequenceNode):
                yield from child.value
            else:
                yield from value_entries(child)


def text_of(fields: dict[str, yaml.Node], key: str) -> str:
    """The scalar under a key; empty if there is none, or if it is null."""
    node = fields.get(key)
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return ""
    return str(node.value).strip()


def faults_of(entry: yaml.Node) -> Iterator[str]:
    """What a value lacks, in the order in which a reader fills it in."""
    if not isinstance(entry, yaml.MappingNode):
        yield "a value is a mapping with in_force, value, cite, status and verified_on"
        return
    fields = fields_of(entry)
    cite_node = fields.get("cite")
    cite = fields_of(cite_node) if isinstance(cite_node, yaml.MappingNode) else {}
    status = text_of(fields, "status")
    if not DATE.fullmatch(text_of(fields, "in_force")):
        yield "give in_force: the day the value takes effect, as YYYY-MM-DD"
    if not text_of(cite, "document"):
        yield "give cite.document: the text that sets the value"
    if status not in STATUSES:
        yield f"give status: one of {', '.join(STATUSES)}"
    if status == "verified" and not text_of(cite, "article"):
        yield "give cite.article, or lower the status: a verified value names its article"
    if status == "verified" and not DATE.fullmatch(text_of(fields, "verified_on")):
        yield "give verified_on: the day someone read the value in the official text"


def faults_in(text: str, *, path: str) -> Iterator[Finding]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    entries = [] if root is None else list(value_entries(root))
    if isinstance(root, yaml.MappingNode) and set(fields_of(root)) == {"open"}:
        return  # the register of rows that are not encoded yet has no values
    if not entries:
        yield Finding(path, 1, "a rule file has a list `values` with at least one dated value")
    for entry in entries:
        for advice in faults_of(entry):
            yield Finding(path, entry.start_mark.line + 1, advice)


def rule_files() -> list[Path]:
    return sorted(DATA.rglob("*.yaml"))


def test_every_value_is_dated_cited_and_marked() -> None:
    assert_tidy(
        finding
        for file in rule_files()
        for finding in faults_in(file.read_text(encoding="utf-8"), path=file.relative_to(ROOT).as_posix())
    )


def test_rule_files_end_in_yaml() -> None:
    assert_tidy(
        Finding(file.relative_to(ROOT).as_posix(), 1, "name it .yaml, or the loader does not see it")
        for file in DATA.rglob("*.yml")
    )


WHOLE = """\
id: pay.example
values:
  - in_force: 2016-07-01
    value: "1000.00"
    cite: {document: 公告, article: 第十一条}
    status: verified
    verified_on: 2026-11-22
"""


def test_whole_value_passes() -> None:
    assert not list(faults_in(WHOLE, path="rule.yaml"))


@pytest.mark.parametrize(
    ("written", "instead", "asked"),
    [
        ("in_force: 2016-07-01", "in_force: soon", "in_force"),
        ("cite: {document: 公告, article: 第十一条}", "cite: {article: 第十一条}", "cite.document"),
        ("status: verified", "status: sure", "status"),
        ("cite: {document: 公告, article: 第十一条}", "cite: {document: 公告}", "cite.article"),
        ("verified_on: 2026-11-22", "verified_on: null", "verified_on"),
        ("values:", "amounts:", "values"),
    ],
)
def test_missing_part_is_found(written: str, instead: str, asked: str) -> None:
    findings = list(faults_in(WHOLE.replace(written, instead), path="rule.yaml"))
    assert len(findings) == 1
    assert asked in findings[0].advice


def test_unverified_value_needs_no_article() -> None:
    text = WHOLE.replace(", article: 第十一条", "").replace("status: verified", "status: unverified")
    assert not list(faults_in(text, path="rule.yaml"))
