"""The one ledger: double entry, integer cents, append-only, chained. It knows no document.

An *entry* (écriture) of a *journal* holds *lines* on *accounts*, each with the *analytic code* of an activity; what is
wrong is *reversed*, never changed; a *period* and a *fiscal year* close; *balances* follow in the same transaction.
"""
