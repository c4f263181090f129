"""What every room stands on: who may, who is where, what is remembered, how it looks."""
