"""Estimates that never come alone: value, interval, test, and how sure it is."""

from mentor.analytics.inference.decomposition import Pattern, Split, shapley_frequency_size_edge
from mentor.analytics.inference.effect import Cause, Effect, Undetermined
from mentor.analytics.inference.effect_size import hedges_g, negligible, robustness_value, sessions_to_tell
from mentor.analytics.inference.grades import Evidence, Findings, Grade, Rule, grade
from mentor.analytics.inference.hierarchy import (
    Hierarchy,
    Pooled,
    hierarchical_normal,
    shared_baseline_covariance,
)
from mentor.analytics.inference.multiplicity import benjamini_hochberg, holm
from mentor.analytics.inference.permutation import freedman_lane, p_value, permuted_rows
from mentor.analytics.inference.proportions import Disposition, Share, disposition, wilson
from mentor.analytics.inference.ranks import Shift, cliffs_delta, hodges_lehmann, normal_scores, shared_ranks
from mentor.analytics.inference.regression import Design, design
from mentor.analytics.inference.seeds import seed_of
from mentor.analytics.inference.stakes import kelly_fraction, ruin_bound
from mentor.analytics.inference.streaks import after_streaks, run_probability

__all__ = [
    "Cause",
    "Design",
    "Disposition",
    "Effect",
    "Evidence",
    "Findings",
    "Grade",
    "Hierarchy",
    "Pattern",
    "Pooled",
    "Rule",
    "Share",
    "Shift",
    "Split",
    "Undetermined",
    "after_streaks",
    "benjamini_hochberg",
    "cliffs_delta",
    "design",
    "disposition",
    "freedman_lane",
    "grade",
    "hedges_g",
    "hierarchical_normal",
    "hodges_lehmann",
    "holm",
    "kelly_fraction",
    "negligible",
    "normal_scores",
    "p_value",
    "permuted_rows",
    "robustness_value",
    "ruin_bound",
    "run_probability",
    "seed_of",
    "sessions_to_tell",
    "shapley_frequency_size_edge",
    "shared_baseline_covariance",
    "shared_ranks",
    "wilson",
]
