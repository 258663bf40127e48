package org.diptych.reward;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.diptych.reward.ScriptedEdits.Edit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a second set of edits of known quality, with instructions that the first does not have, from photos in a folder: manifest, truth
 * and images in the same form. Arguments: folder of photos, output folder, seed, items per instruction (2).
 */
public final class NewInstructions {

    private final JsonMapper mapper = new JsonMapper();
    private final List<String> manifest = new ArrayList<>();
    private final List<String> truth = new ArrayList<>();
    private final Random random;
    private final Path output;

    private NewInstructions(Path output, long seed) {
        this.output = output;
        random = new Random(seed);
    }

    /** A way to carry an instruction out, with the quality that it deserves. */
    private enum Outcome {
        PERFECT(4, 4),
        SLIGHT_MISS(3, 4),
        OVER_SLIGHT(3, 4),
        PARTIAL(2, 4),
        OVER_STRONG(2, 3),
        WRONG(1, 4),
        UNEDITED(1, 4),
        ART_LIGHT(4, 3),
        ART_MID(4, 2),
        ART_HEAVY(3, 1),
        GARBAGE(1, 1);

        private final int following;
        private final int quality;

        Outcome(int following, int quality) {
            this.following = following;
            this.quality = quality;
        }
    }

    /** Makes the set. */
    public static void main(String[] arguments) throws IOException {
        var output = Path.of(arguments[1]);
        var maker = new NewInstructions(output, arguments.length > 2 ? Long.parseLong(arguments[2]) : 0);
        Files.createDirectories(output.resolve("images"));
        List<Path> photos;
        try (var files = Files.list(Path.of(arguments[0]))) {
            photos = files.filter(file -> file.getFileName().toString().startsWith("src-"))
                    .sorted()
                    .toList();
        }
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
        int number = 0;
        for (int round = 0; round < rounds; round++) {
            for (var instruction : ScriptedEdits.byInstruction().keySet()) {
                maker.item("n%03d".formatted(number), instruction, photos.get((number * 5 + round) % photos.size()));
                number++;
            }
        }
        Files.write(output.resolve("manifest.jsonl"), maker.manifest);
        Files.write(output.resolve("truth.jsonl"), maker.truth);
    }

    private void item(String id, String instruction, Path photo) throws IOException {
        var source = ScriptedEdits.copy(ImageIO.read(photo.toFile()));
        var sourceName = "images/" + photo.getFileName();
        Files.copy(photo, output.resolve(sourceName), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        var outcomes = new ArrayList<>(List.of(Outcome.values()));
        Collections.shuffle(outcomes, random);
        var candidates = mapper.createArrayNode();
        for (int c = 0; c < 5; c++) {
            var outcome = outcomes.get(c);
            var name = "images/%s-%s.jpg".formatted(id, (char) ('a' + c));
            Files.write(output.resolve(name), jpeg(make(source, instruction, outcome), 0.93f));
            candidates.add(
                    mapper.createObjectNode().put("model", outcome.name()).put("image", name));
            truth.add(mapper.writeValueAsString(mapper.createObjectNode()
                    .put("id", id)
                    .put("image", name)
                    .put("kind", outcome.name())
                    .put("instruction_following", outcome.following)
                    .put("visual_quality", outcome.quality)));
        }
        manifest.add(mapper.writeValueAsString(mapper.createObjectNode()
                .put("id", id)
                .put("instruction", instruction)
                .put("source", sourceName)
                .set("candidates", candidates)));
    }

    private BufferedImage make(BufferedImage source, String instruction, Outcome outcome) throws IOException {
        var edit = ScriptedEdits.byInstruction().get(instruction);
        if (edit == null) {
            throw new IllegalArgumentException(instruction);
        }
        var done = edit.apply(source, 1, random);
        return switch (outcome) {
            case PERFECT -> done;
            case SLIGHT_MISS -> edit.apply(source, 0.6, random);
            case OVER_SLIGHT ->
                random.nextInt(3) == 0
                        ? ScriptedEdits.zoom(done, 0.93, random.nextDouble(), random.nextDouble())
                        : random.nextBoolean()
                                ? ScriptedEdits.watermark(done)
                                : ScriptedEdits.disc(done, 0.15, 0.85, 0.025, new Color(40, 170, 60));
            case PARTIAL ->
                random.nextBoolean() ? edit.apply(source, 0.3, random) : ScriptedEdits.leftPart(source, done, 0.45);
            case OVER_STRONG ->
                random.nextInt(3) == 0
                        ? ScriptedEdits.zoom(done, 0.6, random.nextDouble(), random.nextDouble())
                        : random.nextBoolean()
                                ? ScriptedEdits.star(done, 0.5, 0.5, 0.35, new Color(230, 40, 200))
                                : ScriptedEdits.rotateHue(done, 0.4);
            case WRONG -> other(instruction).apply(source, 1, random);
            case UNEDITED -> source;
            case ART_LIGHT -> artefact(done, 0);
            case ART_MID -> artefact(done, 1);
            case ART_HEAVY -> artefact(done, 2);
            case GARBAGE -> artefact(other(instruction).apply(source, 1, random), 2);
        };
    }

    private Edit other(String instruction) {
        var others = new ArrayList<>(ScriptedEdits.byInstruction().entrySet());
        others.removeIf(entry -> entry.getKey().equals(instruction));
        return others.get(random.nextInt(others.size())).getValue();
    }

    private BufferedImage artefact(BufferedImage image, int level) throws IOException {
        return switch (random.nextInt(level == 0 ? 3 : 4)) {
            case 0 -> ImageIO.read(new ByteArrayInputStream(jpeg(image, new float[] {0.14f, 0.05f, 0.01f}[level])));
            case 1 -> ScriptedEdits.noise(image, new double[] {8, 24, 60}[level], random);
            case 2 -> ScriptedEdits.blur(image, new int[] {1, 2, 6}[level]);
            default -> ScriptedEdits.scrambled(image, level * 8, random);
        };
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        try (var stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
