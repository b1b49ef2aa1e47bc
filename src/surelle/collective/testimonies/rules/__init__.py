"""Pure rules of testimonies: reading, anchoring, states, agreement. No Django."""
