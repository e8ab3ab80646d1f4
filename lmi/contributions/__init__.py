"""What people say: comments, convenings, votes, reviews; kept apart from the facts, append-only."""
