"""What leaves the house: tables of marks, projects for other programs, the report."""
