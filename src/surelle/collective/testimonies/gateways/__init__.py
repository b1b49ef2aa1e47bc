"""The outside world of testimonies: files of any format in, `Source`s out; exchange with analysis software.

`read_source` is the one door to reading: it recognises the format, decodes, and hands over to the reader of that
format. What cannot be read is refused by `UnreadableSource`, in French and in English.
"""

from surelle.collective.testimonies.gateways.recognition import FORMATS
from surelle.collective.testimonies.gateways.refusals import Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.gateways.sources import read_source

__all__ = ["FORMATS", "Place", "PlaceKind", "Remark", "UnreadableSource", "read_source"]
