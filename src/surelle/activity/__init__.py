"""The first leaf: focus on one's activity, and see at any moment what one has and why."""
