"""What sharing tells the rooms above it, of whole sets."""

from django.dispatch import Signal

# Sent in the act's transaction: `by` (User), `grants` (a list of Grant just made, with their resources' keys).
shared = Signal()

# Sent in the act's transaction: `handover` (Handover) just made.
offered = Signal()

# Sent in the act's transaction: `ids`, the keys of resources that are about to be deleted for good.
forgotten = Signal()
