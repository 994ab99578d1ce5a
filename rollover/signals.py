"""Sets of schools, told after commit to the rooms above."""

from django.dispatch import Signal

# Sent with `schools` (ids): held after an undone rollover, they take their families' records again.
schools_released = Signal()
