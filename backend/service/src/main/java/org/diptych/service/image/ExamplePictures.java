package org.diptych.service.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.diptych.protocol.text.Sha256;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pictures of the bundled protocols' worked examples. A published document never changes, so they stand beside it, and
 * come with the product. They are nobody's secret: every signed-in account may see them.
 */
@Component
public class ExamplePictures {
    private static final String FOLDER = "examples/";

    private final Map<String, Picture> pictures = new HashMap<>();
    private final Map<String, List<Example>> examples = new HashMap<>();

    ExamplePictures() throws IOException {
        var index = JsonMapper.shared().readValue(read("index.json"), new TypeReference<Map<String, List<Entry>>>() {});
        var byName = new HashMap<String, Picture>();
        index.forEach((protocol, entries) -> examples.put(
                protocol,
                entries.stream()
                        .map(entry -> new Example(
                                byName.computeIfAbsent(entry.source(), ExamplePictures::picture),
                                entry.edits().stream()
                                        .map(name -> byName.computeIfAbsent(name, ExamplePictures::picture))
                                        .toList()))
                        .toList()));
        byName.values().forEach(picture -> pictures.put(picture.sha256(), picture));
    }

    /**
     * A picture.
     *
     * @param width in pixels
     * @param height in pixels
     * @param content the file
     */
    public record Picture(String sha256, int width, int height, Resource content) {}

    /**
     * The pictures of an example.
     *
     * @param edits one where edits are rated, two where they are compared
     */
    public record Example(Picture source, List<Picture> edits) {}

    private record Entry(String source, List<String> edits) {}

    /**
     * The examples of a protocol that have pictures, in the order of the document.
     *
     * @param protocol its reference; ids of bundled protocols are reserved
     * @return empty for a protocol without pictures
     */
    public List<Example> of(String protocol) {
        return examples.getOrDefault(protocol, List.of());
    }

    /** The picture with the given digest, if it is one of them. */
    Optional<Picture> find(String sha256) {
        return Optional.ofNullable(pictures.get(sha256));
    }

    private static Picture picture(String name) {
        try {
            var bytes = read(name);
            var decoded = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)), name);
            return new Picture(
                    Sha256.hexadecimal(bytes), decoded.getWidth(), decoded.getHeight(), new ByteArrayResource(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String name) throws IOException {
        try (var file = Objects.requireNonNull(ExamplePictures.class.getResourceAsStream(FOLDER + name), name)) {
            return file.readAllBytes();
        }
    }
}
