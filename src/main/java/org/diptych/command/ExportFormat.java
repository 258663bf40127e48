package org.diptych.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The forms in which a dataset leaves. */
enum ExportFormat {
    /** Every label with its full provenance, one JSON document a line. */
    JSONL("jsonl", "labels.jsonl") {
        @Override
        long count(Path file) throws IOException {
            return lines(file);
        }
    },
    /** The list of records that EditReward trains on. */
    EDITREWARD_JSON("editreward-json", "editreward.json") {
        @Override
        long count(Path file) {
            long records = 0;
            try (JsonParser parser = ServerClient.JSON.createParser(file)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw CommandFailure.failed("The server did not send a list of records.");
                }
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                    records++;
                }
            }
            return records;
        }
    },
    /** The labelled pairs with features and labels, for {@code diptych replay}. */
    REPLAY("replay", "replay.jsonl") {
        @Override
        long count(Path file) throws IOException {
            return CampaignFile.labels(file);
        }
    },
    /** Typed tables with pictures for Hugging Face {@code datasets}. */
    PARQUET("parquet"),
    /** The columns of EditReward-Data. */
    EDITREWARD_PARQUET("editreward-parquet"),
    /** Rows for ms-swift. */
    MS_SWIFT("ms-swift"),
    /** Rows for TRL. */
    TRL("trl"),
    /** The columns of Pick-a-Pic. */
    PICK_A_PIC("pick-a-pic"),
    /** Rows for LLaMA-Factory. */
    LLAMA_FACTORY("llama-factory"),
    /** Tasks for Label Studio. */
    LABEL_STUDIO("label-studio"),
    /** Records for Argilla. */
    ARGILLA("argilla");

    private final String word;
    private final String fileName;

    private final boolean folder;

    ExportFormat(String word, String fileName) {
        this.word = word;
        this.fileName = fileName;
        this.folder = false;
    }

    ExportFormat(String word) {
        this.word = word;
        this.fileName = word + ".zip";
        this.folder = true;
    }

    /** Whether it comes as several files in a zip. */
    boolean isFolder() {
        return folder;
    }

    /** The word on the command line and in the request. */
    String word() {
        return word;
    }

    String fileName() {
        return fileName;
    }

    /** The number of records in a complete file. */
    long count(Path file) throws IOException {
        throw new IllegalStateException(this + " is no single file");
    }

    private static long lines(Path file) throws IOException {
        long lines = 0;
        int last = '\n';
        byte[] buffer = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    last = buffer[i];
                    lines += last == '\n' ? 1 : 0;
                }
            }
        }
        return last == '\n' ? lines : lines + 1;
    }

    static String words() {
        return Arrays.stream(values()).map(ExportFormat::word).collect(Collectors.joining(", "));
    }

    /** Reads the word. */
    static final class Converter implements ITypeConverter<ExportFormat> {
        @Override
        public ExportFormat convert(String value) {
            return Arrays.stream(values())
                    .filter(format -> format.word.equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of " + words() + ", not " + value));
        }
    }
}
