"""Reading a page of testimonies: from lines of text to voices, deterministic and explained."""

from surelle.collective.testimonies.rules.reading.page import read
from surelle.collective.testimonies.rules.reading.record import as_json

__all__ = ["as_json", "read"]
