package org.diptych.reward.worker;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.diptych.reward.RewardModel;
import org.diptych.reward.Score;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.service.account.SignedIn;
import org.diptych.service.campaign.CampaignService;
import org.diptych.service.campaign.EditManifestReader;
import org.diptych.service.campaign.ImportProblem;
import org.diptych.service.problem.Problem;
import org.diptych.service.reward.ModelVersion;
import org.diptych.service.reward.ModelVersionService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores edits that need not be in any campaign: the door to data curation, best-of-N and reinforcement learning. One JSON
 * line a candidate as it is computed; a line {@code {"problem": …}} for what cannot be scored.
 */
@RestController
class ScoreController {
    /** How many are taken in, wait or are scored at a time. */
    private static final int INSIDE = 8;

    private static final Duration LATER = Duration.ofMinutes(1);

    private final EditManifestReader manifests;
    private final Encoding encoding;
    private final ModelVersionService models;
    private final ModelArchive archive;
    private final CampaignService campaigns;
    private final JsonMapper json;
    /** Pictures are large and cores are few: one manifest at a time, the others wait. */
    private final Semaphore one = new Semaphore(1, true);
    /** Archives lie on the disk while they wait. */
    private final Semaphore inside = new Semaphore(INSIDE);

    ScoreController(
            EditManifestReader manifests,
            Encoding encoding,
            ModelVersionService models,
            ModelArchive archive,
            CampaignService campaigns,
            JsonMapper json) {
        this.manifests = manifests;
        this.encoding = encoding;
        this.models = models;
        this.archive = archive;
        this.campaigns = campaigns;
        this.json = json;
    }

    @PostMapping("/api/v1/score")
    void score(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String campaign,
            @RequestParam(required = false) @Nullable Integer model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var version = version(who, campaign, model);
        if (!inside.tryAcquire()) {
            throw Problem.tooMany("busy", INSIDE + " manifests are being scored or wait for it. Send this one later.")
                    .after(LATER);
        }
        try {
            score(who, version, request, response);
        } finally {
            inside.release();
        }
    }

    private void score(SignedIn who, ModelVersion version, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        // whoever sends slowly keeps nobody else from scoring
        var received = manifests.receive(who, request.getInputStream());
        try {
            one.acquire();
        } catch (InterruptedException stopping) {
            Files.deleteIfExists(received);
            throw stopping;
        }
        try (var use = encoding.of(version);
                var unpacked = archive.open(version.digest());
                var reward = RewardModel.load(unpacked.folder().resolve(ModelArchive.MODEL), version.encoderId())) {
            response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
            var lines = new Lines(reward, use.encoder(), version.number(), response.getOutputStream());
            manifests.read(received, lines);
            response.flushBuffer();
        } finally {
            one.release();
            Files.deleteIfExists(received);
        }
    }

    private ModelVersion version(SignedIn who, String campaign, @Nullable Integer number) {
        var id = campaigns.named(who, campaign);
        if (number != null) {
            return models.find(id, number)
                    .orElseThrow(() ->
                            Problem.notFound("unknown_model", "This campaign has no model version " + number + "."));
        }
        return models.active(id)
                .orElseThrow(() -> Problem.conflict(
                        "no_model", "This campaign has no active model yet. Label pairs and train one first."));
    }

    /** Writes a line for everything it hears of. */
    private final class Lines implements EditManifestReader.Visitor {
        private final RewardModel model;
        private final EditEncoder encoder;
        private final int version;
        private final OutputStream stream;

        Lines(RewardModel model, EditEncoder encoder, int version, OutputStream stream) {
            this.model = model;
            this.encoder = encoder;
            this.version = version;
            this.stream = stream;
        }

        @Override
        public void edit(EditManifestReader.Edit edit) throws IOException {
            var features = encoder.encode(edit.source(), edit.edited(), edit.instruction());
            var score = model.score(new float[][] {features}).getFirst();
            var line = new LinkedHashMap<String, Object>();
            line.put("id", edit.item());
            line.put("image", edit.image());
            line.put("model", version);
            line.put("dimensions", dimensions(score));
            line.put(
                    "overall",
                    Map.of(
                            "mu", score.overallMu(),
                            "sigma", score.overallSigma(),
                            "epistemic", score.overallEpistemic()));
            write(line);
        }

        /** Per dimension: mean and spread on the head's own scale, and the level it stands for. */
        private Map<String, Object> dimensions(Score score) {
            var dimensions = new LinkedHashMap<String, Object>();
            for (int i = 0; i < model.card().dimensions().size(); i++) {
                var one = new LinkedHashMap<String, Object>();
                one.put("mu", score.mu().get(i));
                one.put("sigma", score.sigma().get(i));
                one.put("epistemic", score.epistemic().get(i));
                one.put("value", score.value().get(i));
                dimensions.put(model.card().dimensions().get(i), one);
            }
            return dimensions;
        }

        @Override
        public void problem(ImportProblem problem) {
            try {
                write(Map.of("problem", problem));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void write(Map<String, Object> line) throws IOException {
            stream.write((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }
}
