package org.diptych.command;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The public benchmarks of edits whose files can be read. */
enum Benchmark {
    GENAI_BENCH("genai-bench"),
    AURORA_BENCH("aurora-bench"),
    IMAGENHUB("imagenhub"),
    EDITREWARD_BENCH("editreward-bench"),
    EDITSCORE_BENCH("editscore-bench"),
    MMRB2("mmrb2"),
    GEDIT("gedit"),
    IMGEDIT("imgedit");

    private final String label;

    Benchmark(String label) {
        this.label = label;
    }

    /** Its name on the command line. */
    String label() {
        return label;
    }

    /** What reads its files. */
    BenchmarkReader reader() {
        return switch (this) {
            case GENAI_BENCH -> new GenAiBench();
            case AURORA_BENCH -> new AuroraBench();
            case IMAGENHUB -> new ImagenHub();
            case EDITREWARD_BENCH -> new EditRewardBench();
            case EDITSCORE_BENCH -> new EditScoreBench();
            case MMRB2 -> new MultimodalRewardBench();
            case GEDIT -> EditingTasks.gEdit();
            case IMGEDIT -> EditingTasks.imgEdit();
        };
    }

    /** The names as they are typed. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(Benchmark::label).iterator();
        }
    }

    static final class Converter implements ITypeConverter<Benchmark> {
        @Override
        public Benchmark convert(String text) {
            return Arrays.stream(values())
                    .filter(benchmark -> benchmark.label().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("\"%s\" is no benchmark that can be read; there are %s"
                                    .formatted(text, String.join(", ", new Names()))));
        }
    }
}
