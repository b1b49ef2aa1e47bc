"""Who did what, when: the trail that administrators may read."""
