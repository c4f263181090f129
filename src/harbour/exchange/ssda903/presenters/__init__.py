"""What is told of a return: `report` at a terminal and as files, `pages` on the screen."""
