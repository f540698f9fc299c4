"""What enrolment tells the storeys above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CourseCompleted:
    """A person passed a course, for the first time, at this moment."""

    person_id: int
    course_id: int
    enrolment_id: int
    at: datetime
