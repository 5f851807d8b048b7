"""Registers what `cms` adds to Wagtail, and nothing else."""
