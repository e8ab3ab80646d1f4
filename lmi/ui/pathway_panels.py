"""The parts of the Pathways page, and where an occupation leads on its profile."""

from lmi.answers.profile import Profile
from lmi.ui.state import View


def on_profile(view: View, profile: Profile) -> None:
    """Where the occupation leads, as a block of its profile."""
