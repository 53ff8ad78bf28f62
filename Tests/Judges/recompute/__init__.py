"""Recomputes the figures of a result from its files; see recompute_result.py."""
