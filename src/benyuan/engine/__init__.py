"""The executor: load, decide, post, record, in one commit; the log; verify, replay and why."""
