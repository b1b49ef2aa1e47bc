"""Each person's first page, across the bricks."""
