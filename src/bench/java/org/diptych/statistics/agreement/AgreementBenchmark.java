package org.diptych.statistics.agreement;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dkpro.statistics.agreement.coding.CodingAnnotationStudy;
import org.dkpro.statistics.agreement.coding.KrippendorffAlphaAgreement;
import org.dkpro.statistics.agreement.distance.OrdinalDistanceFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Ordinal alpha of three annotators and four values: this library and DKPro Statistics 2.2.1, in one run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@SuppressWarnings("NullAway.Init")
public class AgreementBenchmark {
    private static final ValueScale SCALE = ValueScale.range(1, 4);
    private static final int RATERS = 3;

    /** Units with three ratings each. */
    @Param({"200000", "1000000"})
    public int units;

    private int[][] raw;
    private int[] unit;
    private int[] annotator;
    private int[] value;
    private PatternHistogram histogram;
    private CodingAnnotationStudy study;
    private SplittableRandom random;

    /** Draws the ratings; both libraries must find the same alpha. */
    @Setup
    public void draw() {
        random = new SplittableRandom(1);
        raw = new int[units][RATERS];
        unit = new int[units * RATERS];
        annotator = new int[units * RATERS];
        value = new int[units * RATERS];
        for (var row = 0; row < units; row++) {
            var truth = random.nextInt(4);
            for (var rater = 0; rater < RATERS; rater++) {
                var noise = random.nextInt(5);
                raw[row][rater] = Math.clamp(truth + (noise == 0 ? -1 : noise == 1 ? 1 : 0), 0, 3);
                unit[row * RATERS + rater] = row;
                annotator[row * RATERS + rater] = rater;
                value[row * RATERS + rater] = raw[row][rater];
            }
        }
        histogram = histogramFromUnits();
        study = study();
        var difference = Math.abs(alphaFromHistogram() - dkproAlpha());
        if (difference > 1e-9) {
            throw new IllegalStateException("The two libraries differ by " + difference);
        }
    }

    /** Raw ratings to histogram, unit by unit. */
    @Benchmark
    public PatternHistogram histogramFromUnits() {
        var builder = PatternHistogram.builder(SCALE);
        for (var ratings : raw) {
            builder.addUnit(ratings);
        }
        return builder.build();
    }

    /** Raw ratings to histogram, from rows of unit, annotator and value, with the check for duplicates. */
    @Benchmark
    public PatternHistogram histogramFromRows() {
        return Ratings.of(SCALE, List.of("a", "b", "c"), unit, annotator, value).histogram();
    }

    /** Raw ratings to alpha. */
    @Benchmark
    public double alphaFromUnits() {
        return Agreement.of(histogramFromUnits())
                .coefficient(Measure.ALPHA_ORDINAL)
                .toOptional()
                .orElseThrow();
    }

    /** Histogram to alpha. */
    @Benchmark
    public double alphaFromHistogram() {
        return Agreement.of(histogram)
                .coefficient(Measure.ALPHA_ORDINAL)
                .toOptional()
                .orElseThrow();
    }

    /** Histogram to alpha with percentile, BCa and jackknife intervals, 1,000 bootstrap replicates. */
    @Benchmark
    public Estimate alphaWithIntervals() {
        return Agreement.of(histogram).estimate(Measure.ALPHA_ORDINAL, IntervalSettings.DEFAULT, random);
    }

    /** DKPro: its study to alpha. */
    @Benchmark
    public double dkproAlpha() {
        return new KrippendorffAlphaAgreement(study, new OrdinalDistanceFunction()).calculateAgreement();
    }

    /** DKPro: raw ratings to study and alpha. */
    @Benchmark
    public double dkproStudyAndAlpha() {
        return new KrippendorffAlphaAgreement(study(), new OrdinalDistanceFunction()).calculateAgreement();
    }

    private CodingAnnotationStudy study() {
        var built = new CodingAnnotationStudy(RATERS);
        for (var ratings : raw) {
            built.addItem((Object) ratings[0], ratings[1], ratings[2]);
        }
        return built;
    }

    /** Runs every benchmark of this class. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(AgreementBenchmark.class.getName())
                        .build())
                .run();
    }
}
