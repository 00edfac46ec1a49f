"""Comparative measurements of Fonio and its peers, all through one small interface."""
