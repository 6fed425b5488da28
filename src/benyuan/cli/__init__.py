"""The command line. Start at `application.py`; each command says in its help what it does, with examples."""

from benyuan.cli.application import app, main

__all__ = ["app", "main"]
