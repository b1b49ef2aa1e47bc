"""Surelle, the free software of French business-and-employment cooperatives (CAE)."""
