"""Who makes it: producers, what they sell, when and where."""
