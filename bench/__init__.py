"""How fast the product is: `python -m bench` measures and compares with the aims. Never a test."""
