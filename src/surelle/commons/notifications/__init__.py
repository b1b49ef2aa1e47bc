"""What a member is told: in the application, and by mail in a digest of their choice."""
