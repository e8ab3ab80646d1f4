"""LMI & Pathways Explorer: labor-market information and career pathways for every US area."""
