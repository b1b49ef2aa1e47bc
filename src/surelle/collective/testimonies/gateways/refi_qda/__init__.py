"""REFI-QDA, the exchange format of qualitative analysis software: projects (`.qdpx`) and codebooks (`.qdc`).

The standard: REFI-QDA 1.5, QDA-XML Project and Codebook 1.0 of 18 March 2019 (qdasoftware.org). Positions count code
points from 0, the end excluded.
"""

from surelle.collective.testimonies.gateways.refi_qda.reading import read_codebook, read_project
from surelle.collective.testimonies.gateways.refi_qda.writing import write_codebook, write_project

__all__ = ["read_codebook", "read_project", "write_codebook", "write_project"]
