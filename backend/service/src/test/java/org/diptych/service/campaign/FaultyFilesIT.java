package org.diptych.service.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.diptych.service.ServiceTest;
import org.diptych.service.account.AccountService;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.image.TestImages;
import org.diptych.service.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files as people have them, through the import. */
@ServiceTest
class FaultyFilesIT {
    private static final Path FAULTS = Path.of("../../src/test/resources/faults");

    @Autowired
    private CampaignImport imports;

    @Autowired
    private CampaignService campaigns;

    @Autowired
    private EditManifestReader edits;

    @Autowired
    private AccountService accounts;

    @Autowired
    private JdbcClient jdbc;

    @Value("${diptych.data-dir}")
    private Path dataFolder;

    @TempDir
    private Path folder;

    private SignedIn lead;
    private String name;

    @BeforeEach
    void newLead() {
        name = "faults " + UUID.randomUUID();
        lead = accounts.createAccount("u" + UUID.randomUUID(), "Somebody", Role.LEAD, null)
                .account();
    }

    private ImportReport archive(String file) throws Exception {
        return archive(file, false);
    }

    private ImportReport archive(String file, boolean strict) throws Exception {
        return imports.importArchive(
                lead,
                new ImportRequest(name, null, null, false, strict),
                new ByteArrayInputStream(Files.readAllBytes(FAULTS.resolve(file))));
    }

    private ImportReport manifest(String file) throws Exception {
        return imports.importFolder(lead, ImportRequest.into(name), FAULTS.resolve(file));
    }

    private ImportReport run(TestManifest manifest) throws Exception {
        return imports.importArchive(lead, ImportRequest.into(name), new ByteArrayInputStream(manifest.zip("")));
    }

    private void assertThatNothingIsThere() throws Exception {
        assertThat(jdbc.sql("SELECT count(*) FROM campaign WHERE name = ?")
                        .param(name)
                        .query(Long.class)
                        .single())
                .isZero();
        try (var files = Files.list(dataFolder.resolve("staging"))) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d22-dot-entry.zip",
                "d23-colon-unnamed.zip",
                "d24-backslash-manifest.zip",
                "d24-backslash-zip.zip",
                "d25-cp437.zip",
                "d26-deflate64-manifest.zip",
                "d27-nfd-entry.zip",
                "names-cp437.zip",
                "names-cp1252.zip",
                "names-cp1251.zip",
                "names-gbk.zip",
                "names-shift_jis.zip",
                "packed-bzip2.zip",
                "packed-lzma.zip",
                "packed-xz.zip",
                "mac.zip"
            })
    void an_archive_is_taken_where_the_files_that_rows_name_can_be_read(String file) throws Exception {
        var report = archive(file);

        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.items()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "packed-zstd.zip, the file a.png is packed with Zstandard",
        "encrypted-picture.zip, the file a.png is encrypted",
        "crc-picture.zip, the file a.png is damaged in the archive (wrong checksum)"
    })
    void a_picture_that_cannot_be_read_is_named_by_its_row(String file, String reason) throws Exception {
        assertThat(archive(file).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isOne();
            assertThat(problem.field()).isEqualTo("candidates[0].image");
            assertThat(problem.message()).contains(reason);
        });
        assertThatNothingIsThere();
    }

    @ParameterizedTest
    @CsvSource({
        "crc-manifest.zip, the file manifest.jsonl is damaged in the archive (wrong checksum)",
        "damaged-manifest.zip, the file manifest.jsonl is damaged in the archive",
        "encrypted-manifest.zip, the file manifest.jsonl is encrypted",
        "a.png, it is no zip archive",
        "d02-bom.jsonl, it is a manifest without its pictures"
    })
    void an_archive_whose_manifest_cannot_be_read_is_refused_by_name(String file, String reason) throws Exception {
        assertThatThrownBy(() -> archive(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(reason)
                .extracting("code")
                .isEqualTo("invalid_archive");
        assertThatNothingIsThere();
    }

    @Test
    void a_byte_order_mark_hides_no_row() throws Exception {
        assertThat(manifest("d02-bom.jsonl")).extracting("items", "rejected").containsExactly(2L, 0L);
    }

    @Test
    void a_byte_that_is_not_utf8_spoils_its_row_only() throws Exception {
        var report = manifest("d03-latin1-line.jsonl");

        assertThat(report).extracting("items", "rejected").containsExactly(2L, 1L);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.message()).contains("E9", "not UTF-8");
        });
    }

    @Test
    void utf16_is_named_once() throws Exception {
        var report = manifest("d29-utf16.jsonl");

        assertThat(report.refused()).isTrue();
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("UTF-16", "save it as UTF-8"));
        assertThatNothingIsThere();
    }

    @ParameterizedTest
    @CsvSource({"d08-seed-u64.jsonl, 18446744073709551615", "d28-seed-float.jsonl, 5"})
    void seeds_of_64_bits_are_taken_and_exported_as_they_are(String file, String seed) throws Exception {
        var report = manifest(file);

        assertThat(report.problems()).isEmpty();
        assertThat(jdbc.sql("SELECT seed::text FROM candidate WHERE campaign_id = ? AND ordinal = 0")
                        .param(report.campaign())
                        .query(String.class)
                        .single())
                .isEqualTo(seed);
        assertThat(manifest(file).unchanged()).isOne();
    }

    @Test
    void the_same_task_under_two_ids_is_told_of_the_manifest_and_of_the_campaign() throws Exception {
        var report = archive("d40-same-task.zip");

        assertThat(report).extracting("items", "rejected", "warned").containsExactly(2L, 0L, 1L);
        assertThat(report.warnings())
                .extracting(ImportWarning::line, ImportWarning::field, ImportWarning::code, ImportWarning::about)
                .containsExactly(tuple(2, "id", ImportWarning.Code.SAME_TASK_AS_LINE, List.of("1")));

        var first = new TestManifest().item("first", 2);
        assertThat(run(first).warnings()).isEmpty();
        assertThat(run(first).warnings()).isEmpty();
        var renamed = run(new TestManifest().item("first", 2).renamed("first", "second"));
        assertThat(renamed.items()).isOne();
        assertThat(renamed.warnings())
                .extracting(ImportWarning::line, ImportWarning::code, ImportWarning::about)
                .containsExactly(tuple(1, ImportWarning.Code.SAME_TASK_AS_ITEM, List.of("first")));
    }

    @Test
    void a_task_whose_pictures_were_converted_is_the_same_task() throws Exception {
        var source = TestImages.jpeg(40, 30, 101);
        var first = TestImages.png(40, 30, 102);
        var second = TestImages.jpeg(40, 30, 103);
        var before = converted("before", source, "jpg", first, "png", second, "jpg");
        // the same pixels: lossless, with an opaque alpha channel, and the edits the other way round
        var after = converted("after", png(source), "png", png(second), "png", withAlpha(first), "png");

        assertThat(run(before).warnings()).isEmpty();
        assertThat(run(after).warnings())
                .extracting(ImportWarning::code, ImportWarning::about)
                .containsExactly(tuple(ImportWarning.Code.SAME_TASK_AS_ITEM, List.of("before")));
        var other = converted("other", png(source), "png", png(second), "png", TestImages.png(40, 30, 104), "png");
        assertThat(run(other).warnings()).isEmpty();
    }

    private static TestManifest converted(
            String id, byte[] source, String sourceType, byte[] a, String aType, byte[] b, String bType) {
        var manifest = new TestManifest();
        return manifest.line("""
                {"id": "%s", "instruction": "Make it red.", "source": "%s", "candidates": [\
                {"model": "a", "image": "%s"}, {"model": "b", "image": "%s"}]}""".formatted(
                        id,
                        manifest.file(id + "-s." + sourceType, source),
                        manifest.file(id + "-a." + aType, a),
                        manifest.file(id + "-b." + bType, b)));
    }

    private static byte[] png(byte[] picture) {
        return TestImages.encode(TestImages.decode(picture), "png");
    }

    private static byte[] withAlpha(byte[] picture) {
        var plain = TestImages.decode(picture);
        var image = new BufferedImage(plain.getWidth(), plain.getHeight(), BufferedImage.TYPE_INT_ARGB);
        image.createGraphics().drawImage(plain, 0, 0, null);
        return TestImages.encode(image, "png");
    }

    @Test
    void a_strict_import_takes_no_odd_row() throws Exception {
        var report = archive("d40-same-task.zip", true);

        assertThat(report.refused()).isTrue();
        assertThat(report.problems())
                .extracting(ImportProblem::line, ImportProblem::field)
                .containsExactly(tuple(2, "id"));
        assertThatNothingIsThere();
    }

    @Test
    void pictures_that_are_the_same_in_any_format_are_told_and_not_paired() throws Exception {
        var picture = TestImages.jpeg(40, 30, 7);
        var decoded = ImageIO.read(new ByteArrayInputStream(picture));
        var manifest = new TestManifest();
        manifest.file("s.jpg", picture);
        manifest.file("a.png", png(decoded));
        manifest.file("b.png", TestImages.png(40, 30, 8));
        manifest.file("c.png", TestImages.png(40, 30, 8));
        manifest.line("{\"id\": \"1\", \"instruction\": \"Red.\", \"source\": \"s.jpg\", \"candidates\": ["
                + "{\"model\": \"m\", \"image\": \"a.png\"}, {\"model\": \"m\", \"image\": \"b.png\"},"
                + " {\"model\": \"n\", \"image\": \"c.png\"}]}");

        var report = run(manifest);

        assertThat(report).extracting("items", "candidates", "pairs", "warned").containsExactly(1L, 3L, 2L, 1L);
        assertThat(report.warnings())
                .extracting(ImportWarning::field, ImportWarning::code, ImportWarning::about)
                .containsExactly(
                        tuple("candidates[0].image", ImportWarning.Code.EDIT_IS_SOURCE, List.of()),
                        tuple("candidates[1].model", ImportWarning.Code.SAME_MODEL, List.of("candidates[0].model")),
                        tuple("candidates[2].image", ImportWarning.Code.SAME_PICTURE, List.of("candidates[1].image")));
        // also when the files are known already
        assertThat(run(manifest).warnings()).hasSize(3);
        jdbc.sql("UPDATE image SET pixels_sha256 = NULL").update();
        assertThat(run(manifest).warnings()).hasSize(3);
    }

    @Test
    void an_item_whose_candidates_are_all_the_same_has_nothing_to_compare() throws Exception {
        var report = run(new TestManifest().itemNaming("same", "images/edit.png"));

        assertThat(report.refused()).isTrue();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("candidates");
            assertThat(problem.message()).contains("nothing to compare");
        });
        assertThatNothingIsThere();
    }

    @Test
    void one_file_that_cannot_be_read_refuses_its_row_only() throws Exception {
        var manifest = new TestManifest()
                .item("good", 2)
                .itemNaming("folder", "images/folder.png")
                .itemNaming("dangling", "images/dangling.png")
                .itemNaming("under-a-file", "images/source.png/x.png")
                .folder(folder.resolve("campaign"));
        Files.createDirectory(manifest.resolve("images/folder.png"));
        Files.createSymbolicLink(manifest.resolve("images/dangling.png"), Path.of("nowhere.png"));

        var report = imports.importFolder(lead, ImportRequest.into(name), manifest);

        assertThat(report).extracting("items", "rejected").containsExactly(1L, 3L);
        assertThat(report.problems().stream().map(ImportProblem::message).toList())
                .satisfiesExactly(
                        message -> assertThat(message).contains("is a folder"),
                        message -> assertThat(message).contains("link to a file that is not there"),
                        message -> assertThat(message).contains("there is no file"));
    }

    @Test
    void campaigns_whose_names_only_look_different_are_one() throws Exception {
        name = name + " ü";
        run(new TestManifest().item("a", 2));

        var decomposed = " \u00a0" + Normalizer.normalize(name, Normalizer.Form.NFD) + "\u200b";
        var again = imports.importArchive(
                lead,
                ImportRequest.into(decomposed),
                new ByteArrayInputStream(new TestManifest().item("a", 2).zip("")));

        assertThat(again.unchanged()).isOne();
        assertThat(again.name()).isEqualTo(name);
        assertThat(campaigns.overview(lead, decomposed).id()).isEqualTo(again.campaign());
    }

    @Test
    void scoring_reads_manifests_by_the_same_rules() throws Exception {
        assertThat(scored("d25-cp437.zip")).containsExactly("1 identité.png", "1 b.png");
        assertThat(scored("packed-zstd.zip"))
                .containsExactly(
                        "1 candidates[0].image: the file a.png is packed with Zstandard, which is not read here;"
                                + " make an ordinary zip archive (method Deflate)",
                        "1 b.png");
        assertThatThrownBy(() -> scored("crc-manifest.zip")).hasMessageContaining("wrong checksum");
    }

    private List<String> scored(String file) throws Exception {
        var heard = new ArrayList<String>();
        edits.read(edits.receive(lead, Files.newInputStream(FAULTS.resolve(file))), new EditManifestReader.Visitor() {
            @Override
            public void edit(EditManifestReader.Edit edit) {
                heard.add(edit.item() + " " + edit.image());
            }

            @Override
            public void problem(ImportProblem problem) {
                heard.add(problem.line() + " " + problem.field() + ": " + problem.message());
            }
        });
        return heard;
    }

    private static byte[] png(BufferedImage picture) throws Exception {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(Objects.requireNonNull(picture), "png", bytes);
        return bytes.toByteArray();
    }
}
