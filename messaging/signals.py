"""What messaging tells: the rooms above, and its own news."""

from django.dispatch import Signal

# A message is in the boxes of whom it reached. Sent in the transaction: `message`.
delivered = Signal()
