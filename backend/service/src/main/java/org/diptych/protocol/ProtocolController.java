package org.diptych.protocol;

import java.util.List;
import org.diptych.account.Role;
import org.diptych.account.SignedIn;
import org.diptych.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Published protocols, for those who lead campaigns. */
@RestController
@RequestMapping("/api/v1/protocols")
class ProtocolController {
    private final ProtocolService protocols;

    ProtocolController(ProtocolService protocols) {
        this.protocols = protocols;
    }

    @GetMapping
    List<String> references() {
        return protocols.references();
    }

    /** Takes the YAML document as it is: its bytes are its identity. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Published publish(@AuthenticationPrincipal SignedIn who, @RequestBody String document) {
        if (who.role() == Role.ANNOTATOR) {
            throw Problem.forbidden("not_a_lead", "Only leads and administrators publish protocols.");
        }
        try {
            var protocol = protocols.publish(document).protocol();
            return new Published(protocol.reference(), protocol.sha256());
        } catch (InvalidProtocolException e) {
            throw Problem.invalid("invalid_protocol", "document", String.valueOf(e.getMessage()));
        }
    }

    record Published(String reference, String sha256) {}
}
