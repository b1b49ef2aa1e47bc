"""Page-ready reads of collections, testimonies, sources and marks."""

from .faces import collection_faces, testimony_faces
from .personal import personal_data

__all__ = ["collection_faces", "personal_data", "testimony_faces"]
