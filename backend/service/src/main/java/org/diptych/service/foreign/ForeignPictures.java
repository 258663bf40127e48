package org.diptych.service.foreign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds the pictures that the rows of a file name, for whoever sends them along. What is wrong with rows is the receiver's business. */
public final class ForeignPictures {
    static final String DATA_URI = "data:image/";

    private ForeignPictures() {}

    /** Hears of pictures. */
    public interface Visitor {
        /** @param path relative to the folder of the file, with slashes, never leaving it */
        void picture(String path) throws IOException;
    }

    /**
     * Names every picture that lies beside a file, as often as a row names it.
     *
     * @param name of the file, whose ending says what it is
     */
    public static void of(ImportMapping mapping, String name, Path file, Visitor visitor) throws IOException {
        var rows = new RecordReader.Visitor() {
            @Override
            public boolean record(ForeignRecord record) throws IOException {
                for (var field : List.of(mapping.source(), mapping.first(), mapping.second())) {
                    var text = Fields.text(Fields.at(record.fields(), field));
                    var path = text == null || text.startsWith(DATA_URI)
                            ? null
                            : mapping.picturePath(text).orElse(null);
                    if (path != null) {
                        visitor.picture(path);
                    }
                }
                return true;
            }

            @Override
            public void problem(ForeignProblem problem) {
                // the receiver finds it, too
            }
        };
        new RecordReader(mapping.tool(), (_, _) -> null, rows).read(name, file);
    }
}
