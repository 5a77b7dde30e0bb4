"""Who said what in a Chinese sentence: the rules, the words that name who speaks, and what they say."""
