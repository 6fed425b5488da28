"""What can go wrong, said in one sentence, with an exit code; a traceback only for a defect of benyuan's own.

0: all is well. 1: refusals, differences or faults, where that was the question. 2: bad usage or bad input. 3: the store
is busy, unavailable or damaged. 4: there is no such thing.
"""

import json
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

FINE, FOUND, BAD_INPUT, STORE, NOT_FOUND, STOPPED = 0, 1, 2, 3, 4, 130


class NotFound(LookupError):
    """What was asked for does not exist."""


class BadFile(ValueError):
    """A file that can't be taken as commands: which line, field and value, and what would fit."""

    def __init__(self, *, file: str, where: str, field: str, value: object, constraint: str) -> None:
        super().__init__(file, where, field, value, constraint)
        self.file = file
        self.where = where
        self.field = field
        self.value = value
        self.constraint = constraint

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return f"{place}: {self.field}: got {self.value!r}, expected {self.constraint}"


def failure_of(error: Exception) -> tuple[int, dict[str, Any]] | None:
    """The exit code and what to say of an error that a user can cause; None for a defect."""
    from benyuan.engine.store import StoreError
    from benyuan.rules import RuleFileError, UnknownRule
    from benyuan.values.errors import BadInput

    match error:
        case NotFound():
            return NOT_FOUND, {"error": "not_found", "message": str(error)}
        case UnknownRule():
            return NOT_FOUND, {"error": "not_found", "message": f"{error}; `benyuan rules list` has them all"}
        case BadFile() | BadInput():
            named = {"field": error.field, "value": str(error.value), "constraint": error.constraint}
            return BAD_INPUT, {"error": "bad_input", "message": str(error), **named}
        case RuleFileError():
            return BAD_INPUT, {"error": "rule_file", "message": str(error)}
        case StoreError():
            return STORE, {"error": type(error).__name__, "message": str(error)}
        case OSError():
            return BAD_INPUT, {"error": "file", "message": f"{error.filename}: {error.strerror}"}
    return None


COMPILING = "compiling the ledger's kernel, once for this installation: some 20 seconds"
WITHOUT_KERNEL = {"rules", "apr", "schedule", "score", "competition"}


def _will_compile(ctx: Any) -> bool:
    """Whether the command uses the kernel and finds it not compiled yet."""
    from benyuan.compiled import is_compiled

    return not ctx.obj["helps"] and ctx.obj["command"] not in WITHOUT_KERNEL and not is_compiled()


def _message_of(error: Exception) -> str:
    return str(error.format_message()) if hasattr(error, "format_message") else str(error)


class Commands(TyperGroup):
    """The program's commands; whatever they raise becomes a sentence and an exit code here."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note whether the answer is wanted as JSON: then an error is an object too."""
        ctx.obj = {"json": "--json" in args, "helps": "--help" in args}
        left = list(super().parse_args(ctx, args))
        ctx.obj["command"] = next((word for word in args if not word.startswith("-")), "")
        return left

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        if _will_compile(ctx):
            typer.echo(COMPILING, err=True)
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except TyperException as error:  # wrong usage
            if not ctx.obj["json"]:
                raise
            typer.echo(json.dumps({"error": "usage", "message": _message_of(error)}, ensure_ascii=False))
            raise typer.Exit(BAD_INPUT) from None
        except BrokenPipeError:
            sys.stderr.close()  # whoever read has gone, and nothing more can be said to them
            raise typer.Exit(FINE) from None
        except KeyboardInterrupt:
            typer.echo("stopped", err=True)
            raise typer.Exit(STOPPED) from None
        except Exception as error:
            failure = failure_of(error)
            if failure is None:
                raise
            code, said = failure
            if ctx.obj["json"]:
                typer.echo(json.dumps(said, ensure_ascii=False))
            else:
                typer.echo(f"error: {said['message']}", err=True)
            raise typer.Exit(code) from error
