"""The demonstration: two invented coalitions of real municipalities, with people for every role."""
