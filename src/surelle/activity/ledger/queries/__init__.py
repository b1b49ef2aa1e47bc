"""What the books answer, ready for a page."""

from .balances import AccountBalance, trial_balance
from .proof import Finding, Proof, prove

__all__ = ["AccountBalance", "Finding", "Proof", "prove", "trial_balance"]
