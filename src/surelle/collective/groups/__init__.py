"""Groups of members: working group, local group, trade group, collective, external network; each has coordinators."""
