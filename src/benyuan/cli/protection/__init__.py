"""The commands of `benyuan protection`, by area."""
