"""What accounts tells higher rooms, about sets of people."""

from django.dispatch import Signal

# After commit. ids: the accounts that became pre-deleted, to be told so.
people_pre_deleted = Signal()
# After commit. ids: the absent whose account will be pre-deleted in some days, to be told so, once.
people_leaving = Signal()
