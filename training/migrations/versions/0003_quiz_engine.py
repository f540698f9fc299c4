"""Time limits, extra tries and time, regrades, accepted late answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def moment() -> sa.DateTime:
    return sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.add_column("enrolment", sa.Column("changed_attempt_id", sa.Uuid(), nullable=True))
    with op.batch_alter_table("attempt") as batch:
        batch.add_column(sa.Column("key_revision_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("due_at", moment(), nullable=True))
        batch.create_foreign_key("fk_attempt_key_revision_id", "revision", ["key_revision_id"], ["id"])
    with op.batch_alter_table("late_answer") as batch:
        batch.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("accepted_at", moment(), nullable=True))
        batch.add_column(sa.Column("accepted_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reason", sa.String(length=500), nullable=True))
        batch.create_foreign_key("fk_late_answer_accepted_by_id", "person", ["accepted_by_id"], ["id"])
    op.create_table(
        "quiz_extra",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("quiz_key", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", moment(), nullable=False),
        sa.CheckConstraint(
            "tries >= 0 and minutes >= 0 and tries + minutes > 0", name=op.f("ck_quiz_extra_gives_something")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_quiz_extra_enrolment_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_quiz_extra_granted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_extra")),
    )
    op.create_index(
        op.f("ix_quiz_extra_enrolment_id_quiz_key"), "quiz_extra", ["enrolment_id", "quiz_key"], unique=False
    )
    op.create_table(
        "regrade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("quiz_key", sa.String(length=80), nullable=False),
        sa.Column("key_revision_id", sa.Integer(), nullable=False),
        sa.Column("may_lower", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["applied_by_id"], ["person.id"], name=op.f("fk_regrade_applied_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_regrade_course_id")),
        sa.ForeignKeyConstraint(
            ["key_revision_id"], ["revision.id"], name=op.f("fk_regrade_key_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
    )
    op.create_index(op.f("ix_regrade_course_id_quiz_key"), "regrade", ["course_id", "quiz_key"], unique=False)
    op.create_table(
        "attempt_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("regrade_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("points_before", sa.Double(), nullable=False),
        sa.Column("points_after", sa.Double(), nullable=False),
        sa.Column("was_passed", sa.Boolean(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_change_attempt_id")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_attempt_change_changed_by_id")
        ),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrade.id"], name=op.f("fk_attempt_change_regrade_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_change")),
    )
    op.create_index(op.f("ix_attempt_change_attempt_id"), "attempt_change", ["attempt_id"], unique=False)


def downgrade() -> None:
    op.drop_table("attempt_change")
    op.drop_table("regrade")
    op.drop_table("quiz_extra")
    with op.batch_alter_table("late_answer") as batch:
        batch.drop_constraint("fk_late_answer_accepted_by_id", type_="foreignkey")
        for column in ("reason", "accepted_by_id", "accepted_at", "sequence"):
            batch.drop_column(column)
    with op.batch_alter_table("attempt") as batch:
        batch.drop_constraint("fk_attempt_key_revision_id", type_="foreignkey")
        for column in ("due_at", "key_revision_id"):
            batch.drop_column(column)
    op.drop_column("enrolment", "changed_attempt_id")
