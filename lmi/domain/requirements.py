"""Entry requirements as BLS assigns them: the categories of each, in the publisher's words and order."""

EDUCATION = (
    "No formal educational credential", "High school diploma or equivalent", "Some college, no degree",
    "Postsecondary nondegree award", "Associate's degree", "Bachelor's degree", "Master's degree",
    "Doctoral or professional degree",
)  # fmt: skip
EXPERIENCE = ("None", "Less than 5 years", "5 years or more")
TRAINING = (
    "None", "Short-term on-the-job training", "Moderate-term on-the-job training",
    "Long-term on-the-job training", "Internship/residency", "Apprenticeship",
)  # fmt: skip
CATEGORIES = {
    "typical_education": EDUCATION, "work_experience": EXPERIENCE, "on_the_job_training": TRAINING,
}  # fmt: skip

# Rungs of a ladder: typical entry education, in five steps.
RUNGS = {
    "No formal educational credential": "High school or less",
    "High school diploma or equivalent": "High school or less",
    "Some college, no degree": "Certificate or some college",
    "Postsecondary nondegree award": "Certificate or some college",
    "Associate's degree": "Associate's degree",
    "Bachelor's degree": "Bachelor's degree",
    "Master's degree": "Graduate degree",
    "Doctoral or professional degree": "Graduate degree",
}
