"""The consent wording that a cooperative starts with, until it writes its own.

It is stored as version 1 when it is first shown, so that it can always be said to what somebody agreed.
"""

CONSENT_FR = """\
Vos paroles vous appartiennent. Vous choisissez jusqu'où elles vont, et vous pouvez changer d'avis.

- À quoi elles servent : comprendre ce que vivent les membres de la coopérative et le dire avec leurs mots.
- Qui les lit : le groupe qui les rassemble, puis seulement les personnes que vous autorisez ci-dessous. Chaque \
accord est séparé ; ne rien cocher est possible.
- Votre nom : il n'apparaît que si vous le demandez. Sans cela, vos paroles restent sans signature.
- Combien de temps : jusqu'à ce que vous les retiriez, ou jusqu'à la date que vous fixez.
- Changer d'avis : par le lien reçu par courriel, ou en le demandant au groupe. Vos paroles disparaissent \
aussitôt partout où Surelle les garde. Ce qui a déjà été imprimé ne peut pas être repris.
- Votre réponse ne change rien à votre place dans la coopérative : parler n'est jamais une obligation, se taire \
non plus.
"""

CONSENT_EN = """\
Your words are yours. You choose how far they go, and you may change your mind.

- What they are for: understanding what members of the cooperative live through, and saying it in their own words.
- Who reads them: the group that gathers them, then only the people you allow below. Each consent is separate; \
you may tick nothing at all.
- Your name: it is shown only if you ask for it. Otherwise your words stay unsigned.
- For how long: until you withdraw them, or until the date you set.
- Changing your mind: by the link you received by email, or by asking the group. Your words disappear at once \
everywhere Surelle keeps them. What has already been printed cannot be taken back.
- Your answer changes nothing about your place in the cooperative: speaking is never an obligation, nor is silence.
"""
