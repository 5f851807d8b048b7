"""What coalitions hold of people: who speaks and acts for whom, and who was invited or asked to."""

from coalition.membership.held import joining, mandates

__all__ = ["joining", "mandates"]
