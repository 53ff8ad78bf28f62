#!/usr/bin/env python3
"""Answers statistical questions with SciPy, for tests that judge the module Statistics.

Reads a JSON list of questions from standard input, each {"kind": ..., "first": [...],
"second": [...]}, and writes the JSON list of answers, each a list of numbers.
"""

import itertools
import json
import sys

import numpy as np
from scipy import special, stats


def signed_rank(first, _):
    differences = np.array([x for x in first if x != 0])
    if len(differences) == 0:
        return [1.0]
    ties = len(set(abs(differences))) < len(differences)
    if len(differences) > 50:
        return [stats.wilcoxon(differences, method="approx", correction=False).pvalue]
    if not ties:
        return [stats.wilcoxon(differences, method="exact").pvalue]
    if len(differences) <= 13:
        everything = stats.PermutationMethod(n_resamples=np.inf)
        return [stats.wilcoxon(differences, method=everything).pvalue]
    return [signed_rank_by_convolution(differences)]


def signed_rank_by_convolution(differences):
    """SciPy has no exact answer for many tied values: all signs, by polynomial products."""
    ranks = (2 * stats.rankdata(abs(differences))).astype(int)
    ways = np.array([1], dtype=object)
    for rank in ranks:
        shifted = np.concatenate([np.zeros(rank, dtype=object), ways])
        ways = np.concatenate([ways, np.zeros(rank, dtype=object)]) + shifted
    observed = ranks[differences > 0].sum()
    lower, upper = sum(ways[: observed + 1]), sum(ways[observed:])
    return min(1.0, 2 * min(lower, upper) / sum(ways))


def rank_sum(first, second):
    both = first + second
    if len(set(both)) == 1:
        return [1.0]
    ties = len(set(both)) < len(both)
    if max(len(first), len(second)) > 25:
        return [stats.mannwhitneyu(first, second, method="asymptotic").pvalue]
    if not ties:
        return [stats.mannwhitneyu(first, second, method="exact").pvalue]
    return [rank_sum_by_choices(both, len(first))]


def rank_sum_by_choices(both, size):
    """Every choice of the first sample; for small samples only."""
    ranks = (2 * stats.rankdata(both)).astype(int)
    observed = ranks[:size].sum()
    sums = np.array([ranks[list(c)].sum() for c in itertools.combinations(range(len(both)), size)])
    return [min(1.0, 2 * min((sums <= observed).mean(), (sums >= observed).mean()))][0]


def summary(first, _):
    deviation = float(np.std(first, ddof=1)) if len(first) > 1 else 0.0
    quantiles = [float(np.quantile(first, q)) for q in (0.05, 0.25, 0.5, 0.9)]
    return [float(np.mean(first)), deviation] + quantiles


def bootstrap(method, statistic):
    def answer(first, _):
        result = stats.bootstrap(
            (first,), statistic, n_resamples=100_000, method=method, axis=-1, vectorized=True,
            random_state=np.random.default_rng(1), batch=10_000)
        interval = result.confidence_interval
        return [float(interval.low), float(interval.high)]
    return answer


ANSWERS = {
    "signed_rank": signed_rank,
    "rank_sum": rank_sum,
    "summary": summary,
    "normal_cumulative": lambda first, _: [float(special.ndtr(z)) for z in first],
    "normal_quantile": lambda first, _: [float(special.ndtri(p)) for p in first],
    "holm": lambda first, _: holm(first),
    "percentile_mean": bootstrap("percentile", np.mean),
    "accelerated_mean": bootstrap("BCa", np.mean),
    "percentile_median": bootstrap("percentile", np.median),
    "accelerated_median": bootstrap("BCa", np.median),
}


def holm(values):
    order = np.argsort(values, kind="stable")
    steps = [min(1.0, values[i] * (len(values) - place)) for place, i in enumerate(order)]
    adjusted = np.empty(len(values))
    adjusted[order] = np.maximum.accumulate(steps)
    return list(adjusted)


def main():
    questions = json.load(sys.stdin)
    answers = [ANSWERS[q["kind"]](q["first"], q.get("second", [])) for q in questions]
    json.dump([[float(value) for value in answer] for answer in answers], sys.stdout)


if __name__ == "__main__":
    main()
