"""Pages on which readers find producers: the directory, one producer, what is in season."""
