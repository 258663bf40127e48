package org.diptych.reward;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a campaign of edits of known quality from photos: manifest, truth and images. Arguments: folder of photos, output folder, seed,
 * items, part.
 *
 * <p>A concept belongs to the part {@code check} if the CRC-32 of its name is a multiple of four, to the part {@code fit} if not: a
 * choice that nobody can bend. {@code fit-other} leaves those out of {@code fit} that the procedural set of the benchmarks asks for
 * too. {@code all} is everything.
 */
public final class ScriptedCampaign {

    private static final Set<String> PROCEDURAL = Set.of(
            "grey",
            "mirror",
            "sketch",
            "object",
            "warm",
            "vignette",
            "bar",
            "outsideBlur",
            "invert",
            "snow",
            "border",
            "brighter",
            "vivid",
            "sun",
            "zoomIn",
            "night",
            "cool");
    private static final int CANDIDATES = 5;

    private final JsonMapper mapper = new JsonMapper();
    private final List<String> manifest = new ArrayList<>();
    private final List<String> truth = new ArrayList<>();
    private final TreeMap<String, Function<Random, ScriptedEdit>> concepts;
    private final Random random;
    private final Path output;

    private ScriptedCampaign(Path output, long seed, String part) {
        this.output = output;
        random = new Random(seed);
        concepts = new TreeMap<>(ToneEdits.concepts());
        concepts.putAll(LocalEdits.concepts());
        concepts.keySet().removeIf(name -> !isIn(part, name));
    }

    /** Makes the set. */
    public static void main(String[] arguments) throws IOException {
        var output = Path.of(arguments[1]);
        var maker = new ScriptedCampaign(output, Long.parseLong(arguments[2]), arguments[4]);
        Files.createDirectories(output.resolve("images"));
        List<Path> photos;
        try (var files = Files.list(Path.of(arguments[0]))) {
            photos = files.filter(file -> file.getFileName().toString().startsWith("src-"))
                    .sorted()
                    .toList();
        }
        System.err.println(maker.concepts.keySet());
        int items = Integer.parseInt(arguments[3]);
        var names = new ArrayList<String>();
        for (int number = 0; number < items; number++) {
            if (names.isEmpty()) {
                names.addAll(new TreeSet<>(maker.concepts.keySet()));
                Collections.shuffle(names, maker.random);
            }
            maker.item("s%04d".formatted(number), names.removeLast(), photos);
        }
        Files.write(output.resolve("manifest.jsonl"), maker.manifest);
        Files.write(output.resolve("truth.jsonl"), maker.truth);
    }

    /** Whether a part has a concept. */
    static boolean isIn(String part, String concept) {
        var crc = new CRC32();
        crc.update(concept.getBytes(StandardCharsets.UTF_8));
        boolean check = crc.getValue() % 4 == 0;
        return switch (part) {
            case "check" -> check;
            case "fit" -> !check;
            case "fit-other" -> !check && !PROCEDURAL.contains(concept);
            case "all" -> true;
            default -> throw new IllegalArgumentException("the part is check, fit, fit-other or all, not " + part);
        };
    }

    private ScriptedEdit draw(String concept) {
        var function = concepts.get(concept);
        if (function == null) {
            throw new IllegalArgumentException("no concept is called " + concept);
        }
        return function.apply(random);
    }

    private ScriptedEdit assignment(String concept) {
        var first = draw(concept);
        if (random.nextInt(12) > 0) {
            return first;
        }
        var names = new ArrayList<>(concepts.keySet());
        var second = draw(names.get(random.nextInt(names.size())));
        if (second.concept().equals(concept)
                || second.instruction().matches("(Remove|Erase|Delete|Get|Move|Recolour).*")) {
            return first;
        }
        var more = second.instruction();
        // half of a double wish is a partial fulfilment
        return new ScriptedEdit(
                first.concept() + "+" + second.concept(),
                first.instruction().replaceAll("\\.$", "") + " and " + Character.toLowerCase(more.charAt(0))
                        + more.substring(1),
                first.source(),
                (i, s, r) -> second.edit().apply(first.edit().apply(i, s, r), s, r),
                random.nextBoolean() ? first.edit() : second.edit(),
                first.pasted() || second.pasted());
    }

    private void item(String id, String concept, List<Path> photos) throws IOException {
        var asked = assignment(concept);
        var other = draw(other(concept));
        var photo = photos.get(random.nextInt(photos.size()));
        var source = asked.source().apply(photo(photo), 1, random);
        var sourceName = "images/%s-src.jpg".formatted(id);
        Files.write(output.resolve(sourceName), Outcome.jpeg(source, 0.92f));
        var outcomes = new ArrayList<>(List.of(Outcome.values()));
        Collections.shuffle(outcomes, random);
        var candidates = mapper.createArrayNode();
        for (int c = 0; c < CANDIDATES; c++) {
            var outcome = outcomes.get(c);
            var name = "images/%s-%s.jpg".formatted(id, (char) ('a' + c));
            Files.write(output.resolve(name), Outcome.jpeg(outcome.make(source, asked, other, random), 0.93f));
            candidates.add(
                    mapper.createObjectNode().put("model", outcome.name()).put("image", name));
            truth.add(mapper.writeValueAsString(mapper.createObjectNode()
                    .put("id", id)
                    .put("image", name)
                    .put("kind", outcome.name())
                    .put("instruction_following", outcome.following())
                    .put("visual_quality", outcome.quality(asked.pasted()))));
        }
        manifest.add(mapper.writeValueAsString(mapper.createObjectNode()
                .put("id", id)
                .put("instruction", asked.instruction())
                .put("concept", asked.concept())
                .put("photo", photo.getFileName().toString())
                .put("source", sourceName)
                .set("candidates", candidates)));
    }

    private String other(String concept) {
        var names = new ArrayList<>(concepts.keySet());
        names.remove(concept);
        // what is asked of a drawn thing cannot be done where there is none
        names.removeAll(List.of("remove", "recolour", "move"));
        return names.get(random.nextInt(names.size()));
    }

    /** A random part of a photo at a random size, sometimes mirrored, sometimes grey. */
    private BufferedImage photo(Path file) throws IOException {
        var whole = Canvas.copy(ImageIO.read(file.toFile()));
        double share = 0.6 + 0.4 * random.nextDouble();
        int w = (int) (whole.getWidth() * share);
        int h = (int) (whole.getHeight() * (0.9 + 0.1 * random.nextDouble()) * share);
        int x = random.nextInt(whole.getWidth() - w + 1);
        int y = random.nextInt(whole.getHeight() - h + 1);
        int longest = random.nextInt(10) == 0 ? 224 : 320 + random.nextInt(240);
        double scale = (double) longest / Math.max(w, h);
        var result = new BufferedImage(
                Math.max(1, (int) (w * scale)), Math.max(1, (int) (h * scale)), BufferedImage.TYPE_INT_RGB);
        var graphics = result.createGraphics();
        graphics.setRenderingHint(
                java.awt.RenderingHints.KEY_INTERPOLATION, java.awt.RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        boolean mirrored = random.nextBoolean();
        graphics.drawImage(
                whole.getSubimage(x, y, w, h),
                mirrored ? result.getWidth() : 0,
                0,
                mirrored ? -result.getWidth() : result.getWidth(),
                result.getHeight(),
                null);
        graphics.dispose();
        if (random.nextInt(25) == 0) {
            return Canvas.map(result, (c, px, py) -> {
                double l = Canvas.luma(c);
                c[0] = l;
                c[1] = l;
                c[2] = l;
            });
        }
        return result;
    }
}
