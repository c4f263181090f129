"""Pages of notifications, of the provider's desk, of the pack and of children across a border."""
