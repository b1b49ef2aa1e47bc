"""The words of the trail: each verb's sentence, and the names of the facts beside it."""


def _(text: str) -> str:
    """Mark a sentence for the catalogue; rules know no Django, so it is translated where it is shown."""
    return text


# Follows the name of who did it: "Dora Exemple a invité une personne". Every `record(verb=…)` of the code stands here.
SENTENCES = {
    # people
    "invite_person": _("a invité une personne"),
    "resend_invitation": _("a renvoyé une invitation"),
    "revoke_invitation": _("a retiré une invitation"),
    "accept_invitation": _("a rejoint la coopérative"),
    "change_status": _("a changé le statut de"),
    "undo_status_change": _("a annulé le dernier changement de statut de"),
    "grant_role": _("a donné un rôle à"),
    "revoke_role": _("a retiré un rôle à"),
    "edit_membership": _("a modifié la fiche de"),
    "edit_own_profile": _("a modifié son profil"),
    "close_account": _("a fermé son compte"),
    "open_books": _("a ouvert les livres"),
    "open_fiscal_year": _("a ouvert un exercice"),
    "close_period": _("a clos une période"),
    "reverse_entry": _("a contre-passé une écriture"),
    "match_lines": _("a lettré des écritures"),
    "unmatch": _("a défait un lettrage"),
}
OBJECTS = {
    "membership": _("membre"),
    "invitation": _("invitation"),
    "group": _("groupe"),
    "groupmembership": _("appartenance à un groupe"),
    "collection": _("chantier"),
    "testimony": _("témoignage"),
    "source": _("source"),
    "consent": _("consentement"),
    "theme": _("thème"),
    "excerpt": _("extrait"),
    "mark": _("marque"),
    "storedfile": _("fichier"),
    "chainhead": _("livres"),
    "fiscalyear": _("exercice"),
    "entry": _("écriture"),
    "matching": _("lettrage"),
}
FACTS = {
    "status": _("statut"),
    "before": _("avant"),
    "starts_on": _("à partir du"),
    "role": _("rôle"),
    "roles": _("rôles"),
    "changed": _("modifié"),
}
# Values of facts that are names in the code.
VALUES = {
    "candidate": _("Porteur·se de projet"),
    "cape": _("En CAPE"),
    "cesa": _("En CESA"),
    "associate": _("Associé·e"),
    "staff": _("Équipe d'appui"),
    "external": _("Associé·e extérieur·e"),
    "left": _("Parti·e"),
    "entrepreneur": _("Entrepreneur·e"),
    "advisor": _("Accompagnateur·rice"),
    "accountant": _("Comptable"),
    "coordinator": _("Animateur·rice de groupes"),
    "director": _("Direction"),
    "administrator": _("Administration de Surelle"),
    "number": _("numéro"),
    "branch": _("établissement"),
    "trade": _("activité"),
}
# Verbs whose object is who did it: its name is not said twice.
REFLEXIVE = frozenset({"accept_invitation", "edit_own_profile", "close_account"})
