"""Names that the writer and the reader of REFI-QDA share."""

from typing import Final

from surelle.collective.testimonies.rules.exchange import VariableKind

PROJECT_NAMESPACE: Final = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"
ORIGIN: Final = "Surelle"
MANIFEST: Final = "project.qde"
SOURCES: Final = "sources/"
INTERNAL: Final = "internal://"
VALUE_ELEMENTS: Final = {
    VariableKind.TEXT: "TextValue",
    VariableKind.BOOLEAN: "BooleanValue",
    VariableKind.INTEGER: "IntegerValue",
    VariableKind.FLOAT: "FloatValue",
    VariableKind.DATE: "DateValue",
    VariableKind.DATETIME: "DateTimeValue",
}
