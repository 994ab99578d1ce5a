"""What the directory tells higher rooms."""

from django.dispatch import Signal

# Inside the transaction, before the delete. groups: keys of the groups that end; by: the actor, or None.
groups_deleted = Signal()
