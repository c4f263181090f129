"""The pages about a child: one query or one action each."""
