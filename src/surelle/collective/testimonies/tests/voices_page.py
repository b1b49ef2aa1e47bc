"""A page of invented voices, as a wiki's slide show gives it: quotes, interviews with and without questions, names."""

PAGE = """\
:: suivant >>
éditer :: []->

Témoignages des coopératrices et coopérateurs


Témoignages coopérateurs / Collectif Les Toits Sobres

https://fromsmash.com/film-des-toits

Agathe Lormeau

"Ce que je retiens : on ne refait pas seul un toit, ni une entreprise.
J'aimerais seulement que l'on se parle davantage entre collectifs."


Témoignages coopérateurs / Groupe de Travail PAROLES

Basile


Clémence Vautrin

QUE PROPOSE LA COOPÉRATIVE ?

Un cadre juridique et un salaire

Des formations choisies ensemble

QUE PEUT-ON EN RETIRER ?

De la sérénité quand les factures tardent

Une autonomie que je n'avais pas imaginée


Dorian Aubrac

Un statut, une comptable qui répond, et des ateliers où l'on apprend vraiment.

Le droit de se tromper sans tout perdre, grâce à Clémence notamment.
"""

NEWER = PAGE.replace("on ne refait pas seul un toit, ni une entreprise", "on ne refait jamais seul un toit, ni une vie")
NEWER = NEWER.replace("Basile\n", 'Basile\n\n"J\'ai mis du temps à parler, me voici enfin avec vous toutes et tous."\n')
