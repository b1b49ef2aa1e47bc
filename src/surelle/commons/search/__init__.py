"""One index of words, French stems, accents folded; each kind of hit passes its own app's door."""
