package org.diptych.service.protocol;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diptych.protocol.InvalidProtocolException;
import org.diptych.protocol.ProtocolDocument;
import org.diptych.service.account.SignedIn;
import org.diptych.service.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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

    /** A published document, byte for byte as it was sent. */
    @GetMapping(value = "/{sha256}", produces = "application/yaml")
    byte[] document(@AuthenticationPrincipal SignedIn who, @PathVariable String sha256) {
        ProtocolService.requirePublisher(who);
        return protocols.bySha256(sha256).text().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Takes the YAML document as it is, whatever its media type is said to be: its bytes are its identity. They are read
     * from the request itself, before anybody takes them for a form and decodes them.
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Published publish(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) throws IOException {
        ProtocolService.requirePublisher(who);
        var bytes = request.getInputStream().readNBytes(ProtocolDocument.LARGEST + 1);
        if (bytes.length == 0) {
            throw Problem.invalid("missing_body", "document", "The document is missing. Send its YAML as the body.");
        }
        try {
            var protocol = protocols.publish(who, ProtocolDocument.read(bytes)).protocol();
            return new Published(protocol.reference(), protocol.sha256());
        } catch (InvalidProtocolException e) {
            throw Problem.invalid("invalid_protocol", e.field(), String.valueOf(e.getMessage()));
        }
    }

    record Published(String reference, String sha256) {}
}
