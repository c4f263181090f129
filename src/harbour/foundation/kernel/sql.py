"""Migration operation: state a room's row-level policies."""

from importlib import resources
from typing import Any, override

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class ApplyPolicies(Operation):
    """Execute the `policies.sql` of a room.

    The file is the whole present statement and may be run any number of times. When a room's tables
    and policies change together, the operation moves to the newest migration of the room: until it
    runs, the tables have no grants, so nothing is open in between.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, room: str) -> None:
        self.room = room

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture of the tables."""

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the file, then take back the owner's role."""
        del app_label, from_state, to_state
        statements = resources.files(self.room).joinpath("policies.sql").read_text("utf-8")
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statements)
            cursor.execute("SET LOCAL ROLE harbour_owner")

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the room's policies away, which closes its tables: no policy lets nobody in.

        Columns that a policy reads cannot be dropped before it. Functions stay: they hold no rows.
        """
        del from_state, to_state
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT format('DROP POLICY %%I ON %%I.%%I', policyname, schemaname, tablename) "
                "FROM pg_policies WHERE schemaname = 'public' AND tablename LIKE %s",
                [f"{app_label}\\_%"],
            )
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)

    @override
    def describe(self) -> str:
        """Say what the migration does."""
        return f"State the row-level policies of {self.room}"

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Give Django what it needs to write this operation down."""
        return (type(self).__qualname__, [self.room], {})
