"""Documents to hand out and to keep: set from answers, never computed here."""
