"""Alembic's entry: runs the steps on the connection that the store hands over."""

from alembic import context

from lmi.contributions.tables import META

context.configure(connection=context.config.attributes["connection"], target_metadata=META)
with context.begin_transaction():
    context.run_migrations()
