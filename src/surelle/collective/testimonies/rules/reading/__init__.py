"""Reading a page of testimonies: from lines of text to voices, deterministic and explained."""
