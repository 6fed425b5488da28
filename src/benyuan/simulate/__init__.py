"""Seeded workloads: what real card clients bought and paid, taken through a group of our own, day by day."""
