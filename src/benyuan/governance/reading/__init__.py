"""Which personal data a member of an entity's staff may read, from when to when and for what; and who read what."""
