"""The pages of this room: the form for anyone, the form for staff, the front door's desk."""
