from tests.tasks.post import sink, trial_kinds, use_smtp

__all__ = ["sink", "trial_kinds", "use_smtp"]
