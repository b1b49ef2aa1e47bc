"""When a name may stand beside words."""


def signature(author_name: str, *, is_group: bool, is_near: bool, has_name_consent: bool) -> str:
    """Return the name to show, empty when the words stand unsigned.

    Near are the team that gathers the voices, and the author. Others see a name only with the person's consent;
    the name of a group is nobody's own.
    """
    return author_name if is_group or is_near or has_name_consent else ""
