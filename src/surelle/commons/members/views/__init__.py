"""The pages about people: the cooperative's members, the invitations, one's own account."""
