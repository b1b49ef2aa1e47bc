"""What may be done with collections, testimonies and marks: one function for each verb of the trade."""

from .answering import (
    invite_to_answer,
    open_invitation,
    remind_unanswered,
    save_answers,
    speak_up,
    submit_answers,
)
from .collections import add_expected_voice, close_collection, create_collection, edit_collection, reopen_collection
from .consenting import end_consent, expire_consents, record_consent
from .correcting import confirm_question, correct_answers, correct_text, edit_testimony
from .forgetting import forget_person, withdraw_testimony
from .guides import QuestionDraft, present_consent_text, save_guide, write_consent_text
from .hosting import add_media, host_media, remove_media
from .importing import Imported, drop_page, import_page
from .publishing import present_channels, publish_testimony, unpublish_testimony
from .refusals import Refused
from .reviewing import Confirmed, confirm_reading, revise_reading

__all__ = [
    "Confirmed",
    "Imported",
    "QuestionDraft",
    "Refused",
    "add_expected_voice",
    "add_media",
    "close_collection",
    "confirm_question",
    "confirm_reading",
    "correct_answers",
    "correct_text",
    "create_collection",
    "drop_page",
    "edit_collection",
    "edit_testimony",
    "end_consent",
    "expire_consents",
    "forget_person",
    "host_media",
    "import_page",
    "invite_to_answer",
    "open_invitation",
    "present_channels",
    "present_consent_text",
    "publish_testimony",
    "record_consent",
    "remind_unanswered",
    "remove_media",
    "reopen_collection",
    "revise_reading",
    "save_answers",
    "save_guide",
    "speak_up",
    "submit_answers",
    "unpublish_testimony",
    "withdraw_testimony",
    "write_consent_text",
]
