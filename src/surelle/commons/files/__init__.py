"""Files kept once, by their SHA-256, within a cooperative; served only through the door of what owns them."""
