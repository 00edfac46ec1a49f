"""Parsl's places of what belongs to the data flow."""
