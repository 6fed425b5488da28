"""What deciding is made of: commands in, facts asked for, proposals and outcomes out. All values, no I/O."""
