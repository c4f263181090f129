"""Figures as pages, pictures and files show them."""
