"""Assigning, enrolling, recording outcomes. Completion is stored in the transaction that caused it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training.accounts import queries as accounts
from training.accounts.events import PostLeft, PostTaken
from training.audit import actions as audit
from training.catalogue import queries as catalogue
from training.catalogue.models import Course
from training.core import clock
from training.core.db import db, insert_many_once
from training.core.errors import N_, InvalidInput
from training.core.events import publish
from training.enrolment import queries, rules
from training.enrolment.events import CourseCompleted
from training.enrolment.models import Assignment, Audience, Enrolment, ItemOutcome
from training.journal.actions import Origin
from training.org import queries as org
from training.org.models import Unit


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an item: a lesson has no points; a quiz has."""

    is_passed: bool
    points: float | None = None
    points_of: float | None = None


def assign(
    actor_id: int | None,
    course: Course,
    unit: Unit,
    due_on: date | None,
    audience: Audience = Audience.SECRETARIES,
) -> Assignment:
    """Assign `course` to `unit`: everyone there who must learn is enrolled now, newcomers when they take their post.

    Assigning again changes the due day and the audience.

    Raises:
        InvalidInput: the course has nothing published.
    """
    if course.current_revision_id is None:
        raise InvalidInput(N_("This course is not published yet."), field="course")
    assignment = queries.find_assignment(unit.id, course.id)
    if assignment is None:
        assignment = Assignment(unit_id=unit.id, course_id=course.id, assigned_by_id=actor_id)
        db.session.add(assignment)
    assignment.due_on, assignment.audience, assignment.ended_at = due_on, audience, None
    db.session.flush()
    audit.record(
        actor_id,
        "assignment.made",
        "unit",
        unit.id,
        course=course.slug,
        due_on=str(due_on),
        audience=audience,
    )
    _enrol_everyone(assignment, unit)
    return assignment


def end_assignment(actor_id: int | None, assignment: Assignment) -> None:
    """Enrol no newcomers any more; those enrolled keep learning."""
    assignment.ended_at = clock.now()
    audit.record(actor_id, "assignment.ended", "assignment", assignment.id)
    db.session.flush()


def on_post_taken(event: PostTaken) -> None:
    """Enrol a newcomer in whatever is assigned to the unit or above; the nearest assignment sets the due day."""
    for assignment in queries.list_assignments_above(event.unit_path):
        if rules.must_learn(Audience(assignment.audience), event.kind):
            enrol(assignment, event.person_id, event.unit_id, event.unit_path)


def on_post_left(event: PostLeft) -> None:
    """Withdraw someone who holds no post any more from what they have not passed."""
    if accounts.list_posts(event.person_id):
        return
    for row in queries.list_of_person(event.person_id):
        if row.passed_at is None:
            queries.get(row.id).withdrawn_at = clock.now()
    db.session.flush()


def enrol(assignment: Assignment, person_id: int, unit_id: int, unit_path: str) -> Enrolment:
    """Enrol one person; one who is enrolled already keeps their progress, and gets the due day of a new start."""
    present = queries.find_by_person_and_course(person_id, assignment.course_id)
    if present is not None:
        return _renew(present, assignment, unit_id, unit_path)
    _enrol_newcomers(assignment, {person_id: (unit_id, unit_path)})
    return queries.get_by_person_and_course(person_id, assignment.course_id)


def record_outcome(enrolment_id: int, item_key: str, result: Result, origin: Origin) -> Enrolment:
    """Keep what came of an item, then judge the course again.

    A lesson keeps what came first; a quiz takes the result it is given, because it knows which of its tries
    counts. The caller has written the journal entry in the same transaction.

    Raises:
        NotFound: the item is not in the person's revision.
    """
    enrolment = queries.lock(enrolment_id)
    start(enrolment)
    revision = catalogue.get_revision(enrolment.revision_id)
    revision.item(item_key)
    _keep(enrolment, item_key, result, origin)
    judge(enrolment)
    return enrolment


def start(enrolment: Enrolment) -> None:
    """Mark the first touch: from now on the person stays with the revision that is current today."""
    now = clock.now()
    enrolment.last_at = now
    if enrolment.started_at is None:
        enrolment.started_at = now
        enrolment.revision_id = _current_revision(enrolment.course_id)
        enrolment.item_count = len(catalogue.get_revision(enrolment.revision_id).counted_items)
    db.session.flush()


def judge(enrolment: Enrolment) -> None:
    """Store what the completion rule says of the present facts.

    A pass is taken back only where the facts themselves changed: a corrected key, or a quiz whose last try counts.
    """
    items = [item.key for item in catalogue.get_revision(enrolment.revision_id).counted_items]
    outcomes = [o for o in queries.list_outcomes(enrolment.id) if o.item_key in items]
    facts = {o.item_key: rules.OutcomeFact(o.is_passed) for o in outcomes}
    verdict = rules.completion(items, facts)
    now = clock.now()
    enrolment.done_count, enrolment.item_count = verdict.done_count, verdict.item_count
    enrolment.reason, enrolment.rule_version = verdict.reason, rules.RULE_VERSION
    if verdict.is_finished and enrolment.finished_at is None:
        enrolment.finished_at = now
    _copy_scores(enrolment, outcomes)
    if not verdict.is_passed:
        enrolment.passed_at = None
    elif enrolment.passed_at is None:
        enrolment.passed_at = now
        db.session.flush()
        publish(CourseCompleted(enrolment.person_id, enrolment.course_id, enrolment.id, now))
    db.session.flush()


def _keep(enrolment: Enrolment, item_key: str, result: Result, origin: Origin) -> None:
    present = queries.find_outcome(enrolment.id, item_key)
    if present is None:
        present = ItemOutcome(
            enrolment_id=enrolment.id, item_key=item_key, done_at=clock.now(), is_passed=False
        )
        db.session.add(present)
    elif result.points is None:
        return
    present.points, present.points_of = result.points, result.points_of
    present.is_passed = result.is_passed
    present.mode, present.entered_by_id = origin.mode, origin.entered_by_id
    db.session.flush()


def _copy_scores(enrolment: Enrolment, outcomes: Sequence[ItemOutcome]) -> None:
    kept = sorted(outcomes, key=lambda o: o.done_at)
    graded = [o for o in kept if o.points is not None]
    decisive = graded[-1] if graded else kept[-1] if kept else None
    if decisive is not None:
        enrolment.mode = decisive.mode
        enrolment.best_points, enrolment.best_of = decisive.points, decisive.points_of


def _renew(enrolment: Enrolment, assignment: Assignment, unit_id: int, unit_path: str) -> Enrolment:
    if enrolment.passed_at is not None:
        return enrolment
    if enrolment.withdrawn_at is not None or enrolment.assignment_id == assignment.id:
        enrolment.due_on, enrolment.assignment_id = assignment.due_on, assignment.id
    if enrolment.withdrawn_at is not None:
        commune = org.find_commune_of(unit_path)
        enrolment.unit_id, enrolment.unit_path = unit_id, unit_path
        enrolment.commune_id = commune.id if commune else None
        enrolment.withdrawn_at = None
    db.session.flush()
    return enrolment


def _enrol_everyone(assignment: Assignment, unit: Unit) -> None:
    posts = rules.audience_posts(Audience(assignment.audience))
    holders = accounts.list_post_holders(unit.path or "", posts)
    places = {person_id: (unit_id, path) for person_id, unit_id, path in reversed(holders)}
    present = queries.list_of_course(assignment.course_id, unit.path or "")
    for person_id, enrolment in present.items():
        if person_id in places:
            _renew(enrolment, assignment, *places[person_id])
    _enrol_newcomers(assignment, {p: place for p, place in places.items() if p not in present})


def _current_revision(course_id: int) -> int:
    revision_id = db.session.get_one(Course, course_id).current_revision_id
    if revision_id is None:
        raise InvalidInput(N_("This course is not published yet."))
    return revision_id


def _enrol_newcomers(assignment: Assignment, places: Mapping[int, tuple[int, str]]) -> None:
    """Enrol people (person id → unit id and path) who are not in the course yet; a rival who was first stands."""
    revision = catalogue.get_revision(_current_revision(assignment.course_id))
    communes = org.list_commune_ids({path for _unit_id, path in places.values()})
    now = clock.now()
    rows = [
        {
            "person_id": person_id,
            "course_id": assignment.course_id,
            "assignment_id": assignment.id,
            "revision_id": revision.id,
            "unit_id": unit_id,
            "unit_path": unit_path,
            "commune_id": communes.get(unit_path),
            "due_on": assignment.due_on,
            "enrolled_at": now,
            "item_count": len(revision.counted_items),
            "done_count": 0,
            "rule_version": rules.RULE_VERSION,
        }
        for person_id, (unit_id, unit_path) in places.items()
    ]
    insert_many_once(Enrolment.__table__, rows)  # type: ignore[arg-type]
