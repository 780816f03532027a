"""What people do about who is who: answers to questions, merges, splits and moves, and taking any of them back."""
