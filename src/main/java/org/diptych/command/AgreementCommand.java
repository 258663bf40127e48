package org.diptych.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.diptych.statistics.agreement.AgreementReport;
import org.diptych.statistics.agreement.IntervalSettings;
import org.diptych.statistics.agreement.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code diptych agreement}: every agreement coefficient of a file of ratings, with intervals, as JSON. */
@Command(
        name = "agreement",
        mixinStandardHelpOptions = true,
        description = "Prints the agreement of the annotators in a file of ratings as JSON.")
public final class AgreementCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final double CONFIDENCE = 0.95;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RATINGS.csv",
            description = "UTF-8 with the header unit,annotator,value; a missing rating is an absent row.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--level",
            converter = LevelConverter.class,
            description =
                    "nominal, ordinal, interval or ratio. Default: ordinal if all values are numbers, nominal if all are"
                            + " words; a mixture is refused.")
    private @Nullable Level level;

    @Option(
            names = "--missing",
            paramLabel = "TEXT",
            description =
                    "A value that means that there is no rating, such as NA; its rows are left out. May be repeated.")
    private Set<String> missing = Set.of();

    @Option(
            names = "--bootstrap",
            defaultValue = "1000",
            description = "Bootstrap replicates for the intervals. Default: ${DEFAULT-VALUE}.")
    private int bootstrap;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the bootstrap; the same seed gives the same intervals. Default: ${DEFAULT-VALUE}.")
    private long seed;

    /** Exit code 0, or 2 where the input is at fault. */
    @Override
    public Integer call() throws IOException {
        IntervalSettings settings;
        try {
            settings = new IntervalSettings(bootstrap, CONFIDENCE);
        } catch (IllegalArgumentException e) {
            return fault("--bootstrap: " + e.getMessage());
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return fault("%s: no such file, or not readable".formatted(file));
        }
        try {
            var content = RatingsFile.read(
                    file, level, missing.stream().map(Blanks::strip).collect(Collectors.toSet()));
            say(content);
            if (content.ratings().annotators().size() > AgreementReport.MOST_ANNOTATORS) {
                Output.say(
                        spec,
                        "More than %d annotators: agreement of every two of them is left out."
                                .formatted(AgreementReport.MOST_ANNOTATORS));
            }
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var report = AgreementReport.of(content.ratings(), content.level().level(), settings, random);
            Output.result(spec, new AgreementJson().of(report, content.level().reason()));
            return 0;
        } catch (MalformedFileException e) {
            return fault(String.valueOf(e.getMessage()));
        }
    }

    private void say(RatingsFile.Content content) {
        var level = content.level();
        Output.say(
                spec,
                "Read at the %s level: %s.".formatted(level.level().name().toLowerCase(Locale.ROOT), level.reason()));
        if (content.leftOut() > 0) {
            Output.say(spec, "Rows left out as missing: %d.".formatted(content.leftOut()));
        }
        content.doubt().ifPresent(doubt -> Output.say(spec, "Warning: " + doubt));
    }

    private int fault(String message) {
        Output.say(spec, message);
        return BAD_INPUT;
    }

    /** Level names are written small on the command line. */
    static final class LevelConverter implements ITypeConverter<Level> {
        @Override
        public Level convert(String text) {
            for (var level : Level.values()) {
                if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return level;
                }
            }
            throw new TypeConversionException("\"%s\" is not nominal, ordinal, interval or ratio".formatted(text));
        }
    }
}
