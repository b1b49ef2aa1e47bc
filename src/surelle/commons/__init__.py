"""The stem: the cooperative, its people, their rights, its files, its trace of who did what."""
