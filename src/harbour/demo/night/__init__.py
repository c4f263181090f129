"""Last night, written as the migration role: nobody breaks glass in the past."""
