"""What is kept of testimonies, by noun."""

from .collections import Collection, GuideQuestion, InterviewGuide
from .consents import CHANNEL_NAMES, AnswerInvitation, Consent, ConsentText
from .marks import CodingRound, Excerpt, ExcerptTheme, MarkingStep, RoundCoder, RoundTestimony, Theme
from .sources import Source
from .testimonies import Answer, MediaLink, Mention, Testimony

__all__ = [
    "CHANNEL_NAMES",
    "Answer",
    "AnswerInvitation",
    "CodingRound",
    "Collection",
    "Consent",
    "ConsentText",
    "Excerpt",
    "ExcerptTheme",
    "GuideQuestion",
    "InterviewGuide",
    "MarkingStep",
    "MediaLink",
    "Mention",
    "RoundCoder",
    "RoundTestimony",
    "Source",
    "Testimony",
    "Theme",
]
