"""Chinese words: jieba's algorithm, its files, what users add to its dictionary."""
