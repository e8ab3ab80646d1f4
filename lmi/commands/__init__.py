"""Commands of the command line that have parts of their own, and what all commands share."""
