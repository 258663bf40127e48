package org.diptych.service.image;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.diptych.service.account.Memberships;
import org.diptych.service.account.Role;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves pictures to those who are in a campaign with them, and those of the worked examples to everybody. A picture never
 * changes under its address.
 */
@RestController
class ImageController {
    private static final int SIGNATURE_LENGTH = 12;
    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    /** A reduced picture may be made anew; only an address that says by which version never changes. */
    private static final CacheControl ASKED_AGAIN = CacheControl.noCache().cachePrivate();

    private final ImageCatalogue catalogue;
    private final ObjectStore store;
    private final ExamplePictures examples;
    private final Memberships memberships;

    ImageController(ImageCatalogue catalogue, ObjectStore store, ExamplePictures examples, Memberships memberships) {
        this.catalogue = catalogue;
        this.store = store;
        this.examples = examples;
        this.memberships = memberships;
    }

    @GetMapping("/images/{sha256:[0-9a-f]{64}}/{variant:original|display|thumbnail}")
    ResponseEntity<Resource> image(
            @AuthenticationPrincipal SignedIn who,
            @PathVariable String sha256,
            @PathVariable String variant,
            @RequestParam(required = false) @Nullable Integer made)
            throws IOException {
        // small enough to be every variant of themselves
        var example = examples.find(sha256);
        if (example.isPresent()) {
            return answer(sha256, variant, FOR_GOOD, example.get().content());
        }
        var placed = catalogue.placed(sha256).orElseThrow(() -> unknown(sha256));
        var image = placed.image();
        if (who.role() != Role.ADMIN && !memberships.anyOf(placed.campaigns(), who.id())) {
            throw unknown(sha256);
        }
        var content = store.find(
                        ImageVariant.valueOf(variant.toUpperCase(Locale.ROOT)).key(image))
                .orElseThrow(() -> new IOException("picture " + sha256 + " (" + variant + ") is not in the store"));
        boolean same = variant.equals("original") || (made != null && made == image.remadeBy());
        return answer(
                sha256,
                image.remadeBy() == 0 ? variant : variant + "-" + image.remadeBy(),
                same ? FOR_GOOD : ASKED_AGAIN,
                content);
    }

    /** Whether it is somebody else's is nobody's business. */
    private static Problem unknown(String sha256) {
        return Problem.notFound("unknown_image", "There is no picture " + sha256 + " in a campaign of yours.");
    }

    private static ResponseEntity<Resource> answer(
            String sha256, String variant, CacheControl keeping, Resource content) throws IOException {
        return ResponseEntity.ok()
                .cacheControl(keeping)
                .eTag(sha256 + "-" + variant)
                .contentType(mediaType(content))
                .body(content);
    }

    /** Variants may be in another format than the stored picture. */
    private static MediaType mediaType(Resource content) throws IOException {
        try (var input = content.getInputStream()) {
            return ImageFormat.ofContent(input.readNBytes(SIGNATURE_LENGTH))
                    .map(format -> MediaType.parseMediaType(format.mediaType()))
                    .orElseThrow(() -> new IOException(content + " is not a picture"));
        }
    }
}
