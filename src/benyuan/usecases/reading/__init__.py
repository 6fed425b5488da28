"""The commands of reading: roles to read personal data, and why somebody is staff of two entities."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.reading.end_reading import EndReading
from benyuan.usecases.reading.end_shared_post import EndSharedPost
from benyuan.usecases.reading.grant_reading import GrantReading
from benyuan.usecases.reading.record_shared_post import RecordSharedPost

READING: tuple[UseCase, ...] = (GrantReading(), EndReading(), RecordSharedPost(), EndSharedPost())

__all__ = ["READING"]
