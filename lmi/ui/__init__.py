"""The rim: caches, the address, shared widgets. The only part of lmi/ that imports streamlit."""
