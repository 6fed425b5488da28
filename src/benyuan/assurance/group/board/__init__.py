"""The board pack: what a board of a group has to see on a day, each figure with rule, source and command."""
