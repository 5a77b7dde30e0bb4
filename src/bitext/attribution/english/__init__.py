"""Who said what in an English sentence: the rules, the noun phrase before a verb, and how far it reaches."""
