"""Where the log, the journal and the records last."""
