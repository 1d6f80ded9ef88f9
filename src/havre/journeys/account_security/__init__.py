"""What follows a change of how one signs in: telling its owner, and looking at what they deny."""
