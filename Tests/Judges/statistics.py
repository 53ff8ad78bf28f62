#!/usr/bin/env python3
"""Answers statistical questions with SciPy, for tests that judge the module Statistics.

Reads a JSON list of questions from standard input, each {"kind": ..., "first": [...],
"second": [...]}, and writes the JSON list of answers, each a list of numbers.
"""

import itertools
import json
import sys

import numpy as np
from scipy import optimize, special, stats


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
    skewness = float(stats.skew(first, bias=False)) if len(first) > 2 else 0.0
    quantiles = [float(np.quantile(first, q)) for q in (0.05, 0.25, 0.5, 0.9)]
    return [float(np.mean(first)), deviation, skewness] + quantiles


def mean(first, second):
    """The interval of MeanEstimate, written apart from it: each end by solving g(T) = quantile, the
    p-value by searching the confidence at which the interval touches zero."""
    parts = [(np.array(first), 1)] + ([(np.array(second), -1)] if second else [])
    value = sum(sign * x.mean() for x, sign in parts)
    error = np.sqrt(sum(x.var(ddof=1) / len(x) for x, _ in parts))
    degrees = error ** 4 / sum((x.var(ddof=1) / len(x)) ** 2 / (len(x) - 1) for x, _ in parts)
    if second:
        degrees = stats.ttest_ind(first, second, equal_var=False).df
    skew = variance = 0.0
    for x, sign in parts:
        n = len(x)
        if n < 3:
            continue
        # The k-statistic k3 of the mean, and its variance in normal samples.
        skew += sign * stats.skew(x, bias=False) * x.std(ddof=1) ** 3 / n ** 2 / error ** 3
        of_skewness = 6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))
        variance += of_skewness * (x.std(ddof=1) ** 3 / n ** 2 / error ** 3) ** 2
    s = skew / (1.5 * np.sqrt(variance)) if variance > 0 else 0.0
    k = skew * s ** 4 / (1 + s ** 4)

    def transformed(t):
        return t + k * t ** 2 / 3 + k ** 2 * t ** 3 / 27 + k / 6

    def ends(confidence):
        q = stats.t.isf((1 - confidence) / 2, degrees)
        wide = 1.0
        while transformed(wide) < q or transformed(-wide) > -q:
            wide *= 2
        high = optimize.brentq(lambda t: transformed(t) - q, -wide, wide, xtol=1e-15, rtol=1e-15)
        low = optimize.brentq(lambda t: transformed(t) + q, -wide, wide, xtol=1e-15, rtol=1e-15)
        return [value - max(q, high) * error, value - min(-q, low) * error]

    t = abs(value) / error
    hall = transformed(value / error) * np.sign(value)
    p = min(1.0, 2 * stats.t.sf(max(0.0, min(t, hall)), degrees))
    return [value, error, degrees, p] + ends(0.95) + ends(0.8)


ANSWERS = {
    "signed_rank": signed_rank,
    "rank_sum": rank_sum,
    "summary": summary,
    "normal_cumulative": lambda first, _: [float(special.ndtr(z)) for z in first],
    "normal_quantile": lambda first, _: [float(special.ndtri(p)) for p in first],
    "holm": lambda first, _: holm(first),
    "student_upper_tail": lambda first, second: [float(stats.t.sf(t, second[0])) for t in first],
    "student_upper_quantile": lambda first, second: [float(stats.t.isf(p, second[0])) for p in first],
    "mean": mean,
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
