package org.diptych.curation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Chooses candidates: the better first, ties by id, so that the same candidates and rules always give the same subset,
 * whatever their order.
 *
 * <p>How sure the model is of a choice is counted. The score of a candidate is taken as normal with its doubt as deviation,
 * and P(better) is read off the difference to what a candidate must beat: the lowest score, the best one that found no
 * place (in the whole, or in its category), and, where one of each instruction is wanted, the second of its instruction.
 * Only where a certainty is asked for, what is not believed to beat the lowest score or what it shuts out is left out, and
 * nothing takes its place: whatever came next would be believed less. One of each instruction stays however close the
 * second is.
 */
public final class Choice {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** The order of choosing. */
    static final Comparator<Candidate> BETTER_FIRST = Comparator.comparingDouble(Candidate::mu)
            .reversed()
            .thenComparing(Candidate::id)
            .thenComparingInt(Candidate::ordinal);

    private final Rules rules;
    private final Outcome[] outcomes;
    private final Map<String, Candidate> refusedByQuota = new HashMap<>();
    private final Map<String, Candidate> seconds = new HashMap<>();
    private @Nullable Candidate refusedByTop;
    private long unsure;

    private Choice(Rules rules, int candidates) {
        this.rules = rules;
        this.outcomes = new Outcome[candidates];
    }

    /**
     * What became of a candidate.
     *
     * @param because ordinal of the candidate that is the reason, or -1
     */
    public record Outcome(Reason reason, int because) {}

    /**
     * Chooses.
     *
     * @param candidates with the ordinals 0, 1, …
     */
    public static Choice of(List<Candidate> candidates, Rules rules) {
        var choice = new Choice(rules, candidates.size());
        var ranked = candidates.stream().sorted(BETTER_FIRST).toList();
        var rest = choice.withoutDuplicates(ranked);
        rest = rules.bestOfItem() ? choice.bestOfItems(rest) : rest;
        choice.believed(choice.pick(choice.aboveThreshold(rest)));
        return choice;
    }

    /** What became of the candidate with this ordinal. */
    public Outcome outcome(int ordinal) {
        return outcomes[ordinal];
    }

    /** How many met each end; all reasons are there. */
    public Map<Reason, Long> counts() {
        var counts = new EnumMap<Reason, Long>(Reason.class);
        for (var reason : Reason.values()) {
            counts.put(reason, 0L);
        }
        for (var outcome : outcomes) {
            counts.merge(outcome.reason(), 1L, Long::sum);
        }
        return counts;
    }

    /** How many were chosen of whose place the model is less sure than stated. */
    public long unsure() {
        return unsure;
    }

    /**
     * Whether the scores say anything at all: the candidate a quarter from the top is better than the one a quarter from the
     * bottom with the stated certainty. A model of few labels knows less than that.
     */
    static boolean isRanked(List<Candidate> candidates, Rules rules) {
        if (candidates.size() < 2) {
            return true;
        }
        var ranked = candidates.stream().sorted(BETTER_FIRST).toList();
        int quarter = ranked.size() / 4;
        return better(ranked.get(quarter), ranked.get(ranked.size() - 1 - quarter)) >= rules.statedCertainty();
    }

    /** P(first is better than second). */
    static double better(Candidate first, Candidate second) {
        return above(first.mu() - second.mu(), Math.hypot(first.doubt(), second.doubt()));
    }

    private static double above(double difference, double doubt) {
        if (doubt > 0) {
            return NORMAL.cumulativeProbability(difference / doubt);
        }
        return difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
    }

    private List<Candidate> withoutDuplicates(List<Candidate> ranked) {
        var kept = new ArrayList<Candidate>();
        var byPictures = new HashMap<String, Candidate>();
        var index = rules.duplicateDistance() < 0 ? null : new NearIndex(rules.duplicateDistance());
        for (var candidate : ranked) {
            var same = byPictures.putIfAbsent(candidate.pictures(), candidate);
            if (same != null) {
                end(candidate, Reason.DUPLICATE, same);
                continue;
            }
            var near = index == null ? null : index.near(candidate);
            if (near != null) {
                end(candidate, Reason.NEAR_DUPLICATE, near);
                continue;
            }
            if (index != null) {
                index.add(candidate);
            }
            kept.add(candidate);
        }
        return kept;
    }

    private List<Candidate> bestOfItems(List<Candidate> ranked) {
        var best = new HashMap<String, Candidate>();
        var kept = new ArrayList<Candidate>();
        for (var candidate : ranked) {
            var better = best.putIfAbsent(candidate.item(), candidate);
            if (better == null) {
                kept.add(candidate);
            } else {
                seconds.putIfAbsent(candidate.item(), candidate);
                end(candidate, Reason.NOT_BEST_OF_ITEM, better);
            }
        }
        return kept;
    }

    private List<Candidate> aboveThreshold(List<Candidate> ranked) {
        var lowest = rules.atLeast();
        if (lowest == null) {
            return ranked;
        }
        var kept = new ArrayList<Candidate>();
        for (var candidate : ranked) {
            if (candidate.mu() < lowest) {
                end(candidate, Reason.BELOW_THRESHOLD, null);
            } else if (isBelieved(above(candidate.mu() - lowest, candidate.doubt()))) {
                kept.add(candidate);
            } else {
                end(candidate, Reason.UNCERTAIN, null);
            }
        }
        return kept;
    }

    private List<Candidate> pick(List<Candidate> ranked) {
        var picked = new ArrayList<Candidate>();
        var ofCategory = new HashMap<String, Integer>();
        for (var candidate : ranked) {
            var category = category(candidate);
            boolean isFull = rules.top() != null && picked.size() >= rules.top();
            boolean isQuotaFull = ofCategory.getOrDefault(category, 0) >= rules.quota(candidate.category());
            if (isFull || isQuotaFull) {
                shutOut(candidate, isQuotaFull, picked);
                end(candidate, isFull ? Reason.BEYOND_TOP : Reason.QUOTA_FULL, null);
                continue;
            }
            var similar = tooSimilar(candidate, picked);
            if (similar != null) {
                end(candidate, Reason.TOO_SIMILAR, similar);
                continue;
            }
            picked.add(candidate);
            ofCategory.merge(category, 1, Integer::sum);
        }
        return picked;
    }

    /** Keeps the best that could have had a place: its category is not full, or full of others of it, and it is like none. */
    private void shutOut(Candidate candidate, boolean isQuotaFull, List<Candidate> picked) {
        boolean isFirst = isQuotaFull ? !refusedByQuota.containsKey(category(candidate)) : refusedByTop == null;
        if (!isFirst || tooSimilar(candidate, picked) != null) {
            return;
        }
        if (isQuotaFull) {
            refusedByQuota.put(category(candidate), candidate);
        } else {
            refusedByTop = candidate;
        }
    }

    private @Nullable Candidate tooSimilar(Candidate candidate, List<Candidate> picked) {
        if (rules.diversity() == 0) {
            return null;
        }
        for (var other : picked) {
            if (other.fingerprint().isWithin(rules.diversity() - 1, candidate.fingerprint())) {
                return other;
            }
        }
        return null;
    }

    private void believed(List<Candidate> picked) {
        for (var candidate : picked) {
            var beaten = beaten(candidate);
            if (beaten == null || isBelieved(better(candidate, beaten))) {
                end(candidate, Reason.CHOSEN, null);
                unsure += sureness(candidate) < rules.statedCertainty() ? 1 : 0;
            } else {
                end(candidate, Reason.UNCERTAIN, beaten);
            }
        }
    }

    /** The lowest probability with which a chosen one beats what it has to. */
    private double sureness(Candidate candidate) {
        var beaten = beaten(candidate);
        var second = seconds.get(candidate.item());
        var lowest = rules.atLeast();
        double sureness = beaten == null ? 1 : better(candidate, beaten);
        sureness = second == null ? sureness : Math.min(sureness, better(candidate, second));
        return lowest == null ? sureness : Math.min(sureness, above(candidate.mu() - lowest, candidate.doubt()));
    }

    /** The best one that found no place because of those that did. */
    private @Nullable Candidate beaten(Candidate candidate) {
        var ofCategory = refusedByQuota.get(category(candidate));
        var ofAll = refusedByTop;
        return ofCategory == null || (ofAll != null && ofAll.mu() >= ofCategory.mu()) ? ofAll : ofCategory;
    }

    private boolean isBelieved(double probability) {
        return rules.certainty() == null || probability >= rules.certainty();
    }

    private static String category(Candidate candidate) {
        return candidate.category() == null ? "" : candidate.category();
    }

    private void end(Candidate candidate, Reason reason, @Nullable Candidate because) {
        outcomes[candidate.ordinal()] = new Outcome(reason, because == null ? -1 : because.ordinal());
    }
}
