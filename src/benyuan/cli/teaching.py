"""Help texts from docstrings: a paragraph that begins with the program's name, or a brace, is shown as it stands."""

import inspect
from collections.abc import Callable

INDENT = "    "
EXAMPLES = ("benyuan ", "{")
AS_IT_STANDS = "\b"
"""What the help formatter takes as the sign that a paragraph is not to be filled."""


def paragraphs(text: str) -> list[tuple[bool, str]]:
    """The paragraphs of a docstring, each with whether it is examples."""
    found = []
    for part in inspect.cleandoc(text).split("\n\n"):
        lines = part.strip("\n").split("\n")
        verbatim = lines[0].strip().startswith(EXAMPLES)
        found.append((verbatim, "\n".join(line.removeprefix(INDENT) if verbatim else line for line in lines)))
    return found


def help_of(function: Callable[..., None]) -> str:
    """The help text of a command."""
    parts = [
        f"{AS_IT_STANDS}\n" + "\n".join(f"  {line}" for line in part.split("\n")) if verbatim else part
        for verbatim, part in paragraphs(function.__doc__ or "")
    ]
    return "\n\n".join(parts)
