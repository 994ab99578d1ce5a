"""What the pages of the Annuaire tell: places of one's own, lines of lists, a person's card."""
