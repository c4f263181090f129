"""Who and where: the people and places the partnership holds, and who else may see them."""
