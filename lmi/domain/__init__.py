"""Words and types of the field. Imports nothing from the other rooms; reads no file."""
