package org.diptych.command;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The public benchmarks of edits whose files can be read. */
enum Benchmark {
    GENAI_BENCH("genai-bench", new GenAiBench()),
    AURORA_BENCH("aurora-bench", new AuroraBench()),
    IMAGENHUB("imagenhub", new ImagenHub()),
    EDITREWARD_BENCH("editreward-bench", new EditRewardBench()),
    EDITSCORE_BENCH("editscore-bench", new EditScoreBench()),
    MMRB2("mmrb2", new MultimodalRewardBench()),
    GEDIT("gedit", EditingTasks.gEdit()),
    IMGEDIT("imgedit", EditingTasks.imgEdit());

    private final String label;
    private final BenchmarkReader reader;

    Benchmark(String label, BenchmarkReader reader) {
        this.label = label;
        this.reader = reader;
    }

    /** Its name on the command line. */
    String label() {
        return label;
    }

    BenchmarkReader reader() {
        return reader;
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
