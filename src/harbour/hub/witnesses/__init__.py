"""Who keeps the ledger's roots outside the hub: each agency's own witnesses, and how they fare."""
