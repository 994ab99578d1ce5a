"""Small pytest plugins: `servers` gives a run its own PostgreSQL and Valkey, `strict` refuses."""
