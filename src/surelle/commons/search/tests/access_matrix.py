"""The search is for members."""

from tests.access import Door

MATRIX = {
    "search:results": [
        Door(
            kwargs=lambda world: {"cooperative": world.cooperative.slug},
            query=query,
            own=200,
            member=200,
            also={"left": 404},
        )
        for query in ("", "q=voix", "q=a&kind=group&page=9", "q=%00%22*&kind=x&page=z")
    ]
}
