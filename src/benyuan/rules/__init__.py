"""The law as data: rules with dated, cited values, read from YAML into one pack with one digest.

Below everything that decides. A rule is looked up by id and date; outside its dates there is no answer.

    Exception
    ├── RuleFileError        a rule file is wrong, by file, line and field (nodes.py)
    └── LookupError
        ├── UnknownRule      no such id in the pack (pack.py)
        └── RuleNotInForce   no value on that day (pack.py)
"""

from benyuan.rules.loader import load_pack
from benyuan.rules.nodes import RuleFileError
from benyuan.rules.pack import RuleNotInForce, RulePack, UnknownRule
from benyuan.rules.parameters import Parameter, Parameters
from benyuan.rules.refusal import Refusal
from benyuan.rules.types import Choice, Cite, OpenRow, ParameterDeclaration, Rule, RuleValue, Slice, Text
from benyuan.rules.vocabulary import Kind, Movement, ParameterType, Reads, Scope, Status, Unit

__all__ = [
    "Choice",
    "Cite",
    "Kind",
    "Movement",
    "OpenRow",
    "Parameter",
    "ParameterDeclaration",
    "ParameterType",
    "Parameters",
    "Reads",
    "Refusal",
    "Rule",
    "RuleFileError",
    "RuleNotInForce",
    "RulePack",
    "RuleValue",
    "Scope",
    "Slice",
    "Status",
    "Text",
    "Unit",
    "UnknownRule",
    "load_pack",
]
