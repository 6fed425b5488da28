"""The commands of consumer protection, part by part."""
