"""How figures look and read: theme, charts, captions, tables. Pure: frames in, pictures and words out."""
