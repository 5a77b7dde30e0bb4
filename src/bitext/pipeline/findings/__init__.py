"""What `compare` says first: plain sentences made from its tables by stated rules."""
