"""What the share panel and the two lists tell, composed from grants for whoever looks."""
