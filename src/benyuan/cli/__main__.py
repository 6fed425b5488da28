"""`python -m benyuan.cli` is `benyuan`."""

from benyuan.cli import main

main()
