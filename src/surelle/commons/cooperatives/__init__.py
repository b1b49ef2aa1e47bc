"""Cooperatives of one house: each has branches and partners, and walls between them.

A *cooperative* is one company under one SIREN; a *branch* (établissement) one of its places; a *partnership* lets
another cooperative read what was published to partners.
"""
