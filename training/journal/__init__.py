"""Every learner change, once: the evidence in a dispute and what everything else can be computed from again."""
