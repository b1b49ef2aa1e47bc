"""What the first pages show, and members as a search finds them."""

from .finding import matching_members, member_faces
from .first_page import FirstPage, first_page
from .leaves import CollectivePage, collective_page

__all__ = ["CollectivePage", "FirstPage", "collective_page", "first_page", "matching_members", "member_faces"]
