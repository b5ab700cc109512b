"""The journal: keeps conversations on this computer, finds them again, and forgets them for good."""
