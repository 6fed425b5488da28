"""What `benyuan bench` measures: each bench runs its own physical limit beside it, in the same process and run."""
