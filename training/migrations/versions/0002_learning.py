"""Assignments, enrolments, the journal, attempts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "assigned_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "ended_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["person.id"], name=op.f("fk_assignment_assigned_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_assignment_course_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("unit_id", "course_id", name=op.f("uq_assignment_unit_id_course_id")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column(
            "payload",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "claimed_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column(
            "received_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.CheckConstraint(
            "mode in ('phone','assisted','workshop','paper')", name=op.f("ck_journal_entry_mode")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_journal_entry_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_journal_entry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_entry_person_id_received_at"), ["person_id", "received_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_journal_entry_subject"), ["subject"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "unit_path", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("commune_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "enrolled_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column(
            "started_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column(
            "finished_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column(
            "passed_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column(
            "withdrawn_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column(
            "last_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("mode", sa.String(length=10), nullable=True),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("best_points", sa.Double(), nullable=True),
        sa.Column("best_of", sa.Double(), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column(
            "progress",
            sa.Integer(),
            sa.Computed(
                "case when started_at is null then 0 else 1 end + case when finished_at is null then 0 else 2 end + case when passed_at is null then 0 else 4 end + case when withdrawn_at is null then 0 else 8 end",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("done_count between 0 and item_count", name=op.f("ck_enrolment_done_count")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_enrolment_assignment_id")
        ),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_enrolment_commune_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_enrolment_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_enrolment_revision_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_enrolment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("person_id", "course_id", name=op.f("uq_enrolment_person_id_course_id")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrolment_commune_id_course_id",
            [
                "commune_id",
                "course_id",
                "mode",
                "enrolled_at",
                "withdrawn_at",
                "started_at",
                "finished_at",
                "passed_at",
                "due_on",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_enrolment_commune_id_person_id",
            ["commune_id", "person_id", "course_id", "mode", "enrolled_at", "withdrawn_at", "passed_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_enrolment_commune_id_progress",
            ["commune_id", "course_id", "mode", "progress", "due_on"],
            unique=False,
        )
        batch_op.create_index(
            "ix_enrolment_unit_path_course_id",
            [
                "unit_path",
                "course_id",
                "unit_id",
                "mode",
                "enrolled_at",
                "withdrawn_at",
                "started_at",
                "finished_at",
                "passed_at",
                "due_on",
            ],
            unique=False,
        )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("quiz_key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column(
            "question_keys",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("pass_percent", sa.Integer(), nullable=False),
        sa.Column(
            "started_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column(
            "handed_in_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=True
        ),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("points_of", sa.Double(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "points is null or points between 0 and points_of", name=op.f("ck_attempt_points")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attempt_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_attempt_entered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_attempt_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "enrolment_id", "quiz_key", "number", name=op.f("uq_attempt_enrolment_id_quiz_key_number")
        ),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_person_id_started_at"), ["person_id", "started_at"], unique=False
        )
    op.create_table(
        "item_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=80), nullable=False),
        sa.Column(
            "done_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("points_of", sa.Double(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_item_outcome_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_item_outcome_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_outcome")),
        sa.UniqueConstraint("enrolment_id", "item_key", name=op.f("uq_item_outcome_enrolment_id_item_key")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("question_key", sa.String(length=80), nullable=False),
        sa.Column(
            "response",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "saved_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name=op.f("fk_answer_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("attempt_id", "question_key", name=op.f("uq_answer_attempt_id_question_key")),
    )
    op.create_table(
        "late_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("question_key", sa.String(length=80), nullable=False),
        sa.Column(
            "response",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_late_answer_attempt_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name=op.f("fk_late_answer_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_answer")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_late_answer_entry_id")),
    )
    with op.batch_alter_table("late_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_answer_attempt_id"), ["attempt_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("late_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_answer_attempt_id"))
    op.drop_table("late_answer")
    op.drop_table("answer")
    op.drop_table("item_outcome")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_person_id_started_at"))
    op.drop_table("attempt")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("ix_enrolment_unit_path_course_id")
        batch_op.drop_index("ix_enrolment_commune_id_progress")
        batch_op.drop_index("ix_enrolment_commune_id_person_id")
        batch_op.drop_index("ix_enrolment_commune_id_course_id")
    op.drop_table("enrolment")
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_entry_subject"))
        batch_op.drop_index(batch_op.f("ix_journal_entry_person_id_received_at"))
    op.drop_table("journal_entry")
    op.drop_table("assignment")
