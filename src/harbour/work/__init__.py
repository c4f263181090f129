"""What is done for a child, from the first concern to recovery."""
