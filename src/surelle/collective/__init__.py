"""The third leaf: take part in a common project."""
