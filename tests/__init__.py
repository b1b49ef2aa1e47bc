"""What crosses apps: the strict bench, the world of tests, architecture, access matrix, walls, scenarios, browser."""
