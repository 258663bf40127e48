package org.diptych.service.problem;

import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Answers for the interface where no controller does, before the pages' servlet would take the address for a page. */
@Configuration
class UnknownAddress {
    @Bean
    SimpleUrlHandlerMapping unknownAddresses() {
        HttpRequestHandler refuse =
                (_, response) -> ProblemDocument.write(response, StandardProblem.NOT_FOUND.problem());
        var mapping = new SimpleUrlHandlerMapping(InterfaceAddress.ROOTS.stream()
                .flatMap(root -> java.util.stream.Stream.of(root, root + "/**"))
                .collect(Collectors.toMap(pattern -> pattern, _ -> refuse)));
        // after the controllers and the actuator, before files and pages
        mapping.setOrder(Ordered.LOWEST_PRECEDENCE - 100);
        return mapping;
    }
}
