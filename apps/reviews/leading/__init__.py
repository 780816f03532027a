"""The lead professional and the team round a child."""
