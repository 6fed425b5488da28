"""`python -m benyuan` is `benyuan`."""

from benyuan.cli import main

main()
