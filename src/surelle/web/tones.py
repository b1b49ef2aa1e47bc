"""The words of a tone, from sore to glad: shared by pages and charts."""

from django.utils.translation import gettext_lazy as _

TONE_WORDS = {
    -2: _("très négatif"),
    -1: _("plutôt négatif"),
    0: _("neutre"),
    1: _("plutôt positif"),
    2: _("très positif"),
}
