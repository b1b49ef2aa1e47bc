"""Why an act on testimonies was refused, in a sentence for the person who asked."""

from django.utils.translation import gettext_lazy as _

from surelle.commons.members.models import Membership

from ..access import can_run
from ..models import Collection


class Refused(Exception):
    """An act that the rules do not allow; `str()` is the sentence to show."""

    sentence: object = _("Ce n'est pas possible pour l'instant.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.sentence)


class NotYours(Refused):
    sentence = _("Seules les personnes qui animent le groupe de ce chantier peuvent faire cela.")


class CollectionClosed(Refused):
    sentence = _("Ce chantier est clos. Rouvrez-le pour y ajouter des voix.")


class TitleNeeded(Refused):
    sentence = _("Donnez un titre au chantier, pour que chacun le reconnaisse.")


class NameNeeded(Refused):
    sentence = _("Écrivez le nom de la personne, ou choisissez un membre.")


class AlreadyExpected(Refused):
    sentence = _("Cette personne figure déjà dans le chantier.")


class NoQuestion(Refused):
    sentence = _("Un guide a besoin d'au moins une question.")


class NotInReview(Refused):
    sentence = _("Cette page a déjà été confirmée ou abandonnée. Rechargez la page pour voir où elle en est.")


class StaleReview(Refused):
    sentence = _("Quelqu'un a changé cette relecture entre-temps. Voici où elle en est.")


class NotPossibleHere(Refused):
    sentence = _("Ce changement n'est pas possible à cet endroit.")


class NothingToConfirm(Refused):
    sentence = _("Aucune voix n'a été reconnue ici. Créez-en une à partir des lignes, ou abandonnez la page.")


class WrongState(Refused):
    sentence = _("Ce témoignage a changé d'état entre-temps. Rechargez la page pour voir où il en est.")


class ConsentMissing(Refused):
    sentence = _("Il manque l'accord de la personne pour ouvrir ses paroles aussi loin.")


class ProofNeeded(Refused):
    sentence = _("Dites où se trouve la preuve de l'accord : le courriel, le papier signé, le moment de l'accord oral.")


class ChannelNeeded(Refused):
    sentence = _("Choisissez au moins un accord.")


class DatesReversed(Refused):
    sentence = _("L'accord finit avant d'avoir commencé : vérifiez les deux dates.")


class WordsNeeded(Refused):
    sentence = _("Il n'y a encore aucune parole à envoyer : répondez à au moins une question.")


class LinkExpired(Refused):
    sentence = _("Ce lien n'est plus valable. Demandez-en un nouveau à la personne qui vous a invité·e.")


class AlreadySubmitted(Refused):
    sentence = _("Vos réponses ont déjà été envoyées.")


class AlreadyHosted(Refused):
    sentence = _("Ce fichier est déjà hébergé ici.")


class WrongMedium(Refused):
    sentence = _("Ce fichier n'est ni un son, ni une vidéo, ni une image, ni un document que l'on puisse montrer.")


def must_run(member: Membership | None, collection: Collection) -> None:
    """Raise NotYours unless the member coordinates the collection; None is the house itself (commands, tasks)."""
    if member is not None and not can_run(member, collection):
        raise NotYours
