"""The small pathways.yaml of the fixtures, and the occupations that it may name."""

from lmi.places import ROOT

TEXT = (ROOT / "tests" / "fixtures" / "pathways.yaml").read_text(encoding="utf-8")
SOCS = {
    "29-1141": "Registered Nurses",
    "29-2061": "Licensed Practical and Licensed Vocational Nurses",
    "31-1120": "Home Health and Personal Care Aides",
    "31-1131": "Nursing Assistants",
    "31-9092": "Medical Assistants",
    "47-2111": "Electricians",
    "47-3013": "Helpers--Electricians",
}
