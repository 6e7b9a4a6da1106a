"""What the drills share, and the campaigns."""
