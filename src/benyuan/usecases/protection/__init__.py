"""The commands of consumer protection (measure 5), by part."""
