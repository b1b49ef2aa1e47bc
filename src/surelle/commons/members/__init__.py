"""People and their rights.

A *person* signs in; a *membership* ties a person to a cooperative, with a number, a timeline of *statuses*
(candidate, CAPE, CESA, associate, staff, external, left) and *roles*, which are named sets of *capabilities*.
"""
