"""Why an act on people is refused: each error says it in a sentence for the person who tried."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An act that was not done; `str()` of it is the sentence to show."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    sentence = _("Vous n’avez pas le droit de faire cela. Demandez à une personne qui administre Surelle.")


class AlreadyMember(Refused):
    sentence = _("Cette personne est déjà membre de la coopérative.")


class AlreadyInvited(Refused):
    sentence = _("Une invitation attend déjà à cette adresse. Vous pouvez la renvoyer depuis la liste des invitations.")


class InvitationOver(Refused):
    sentence = _("Cette invitation a déjà servi ou a été retirée.")


class InvitationExpired(Refused):
    sentence = _("Cette invitation n’est plus valable. Demandez à la coopérative de la renvoyer.")


class NotInvited(Refused):
    sentence = _("Cette invitation est adressée à une autre personne.")


class MustSignIn(Refused):
    sentence = _("Un compte existe déjà à cette adresse. Connectez-vous pour accepter l’invitation.")


class NotNextStatus(Refused):
    sentence = _("Ce statut ne peut pas suivre le statut actuel.")


class StatusTooEarly(Refused):
    sentence = _("La date doit venir après le début du statut actuel. Pour le corriger, annulez-le d’abord.")


class StatusInFuture(Refused):
    sentence = _("La date ne peut pas être dans l’avenir. Revenez le jour venu.")


class NothingToUndo(Refused):
    sentence = _("Il n’y a rien à annuler : c’est déjà fait, ou ce statut est le premier.")


class LastAdministrator(Refused):
    sentence = _(
        "C’est la dernière personne qui administre Surelle dans cette coopérative. "
        "Donnez d’abord ce rôle à quelqu’un d’autre."
    )


class HasLeft(Refused):
    sentence = _("Cette personne a quitté la coopérative.")


class NumberTaken(Refused):
    sentence = _("Ce numéro est déjà celui d’un autre membre.")


class AlreadyClosed(Refused):
    sentence = _("Ce compte est déjà fermé.")
