package org.diptych.service.installation;

import java.nio.charset.StandardCharsets;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the installation stands, for its administrators. */
@RestController
class InstallationController {
    private final InstallationService installation;

    InstallationController(InstallationService installation) {
        this.installation = installation;
    }

    @GetMapping("/api/v1/installation")
    Installation read(@AuthenticationPrincipal SignedIn who) {
        return installation.read(who);
    }

    /** The licences of the libraries that the jar brings, as the build wrote them. */
    @GetMapping("/api/v1/installation/licences")
    ResponseEntity<Resource> licences() {
        var notice = new ClassPathResource("META-INF/THIRD-PARTY.txt");
        if (!notice.exists()) {
            throw Problem.notFound("no_notice", "Only a built jar knows the licences of its libraries.");
        }
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(notice);
    }
}
