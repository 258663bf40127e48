package org.diptych.service.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.diptych.service.edge.AnswerHeaders;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/** What the container refuses before the application hears of it: addresses and headers that cannot be read. */
@Component
class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /**
     * So much of a refused body is read to its end and thrown away. A client that is cut off while it sends sees a broken
     * connection, and never the answer.
     */
    private static final int READ_TO_THE_END = 64 * 1024 * 1024;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxSwallowSize(READ_TO_THE_END);
            }
        });
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Report.class.getName());
            }
        });
    }

    /** Made by the container. */
    @NullUnmarked
    public static final class Report extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, Throwable failure) {
            var status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            var problem = StandardProblem.of(HttpStatusCode.valueOf(status));
            var page = isPage(request);
            AnswerHeaders.always().forEach(response::setHeader);
            try {
                response.setContentType(page ? "text/html" : "application/problem+json");
                response.setCharacterEncoding(StandardCharsets.UTF_8.name());
                var writer = response.getReporter();
                if (writer != null) {
                    writer.write(
                            page
                                    ? ErrorPage.of(problem.status(), request.getLocale(), "/")
                                    : new String(ProblemDocument.bytes(problem), StandardCharsets.UTF_8));
                    response.finishResponse();
                }
            } catch (IOException | IllegalStateException gone) {
                container.getLogger().debug("nobody waits for the answer any more", gone);
            }
        }

        /** Whether a person's browser asked for a page, as far as an address that cannot be read tells. */
        private static boolean isPage(Request request) {
            var address = request.getRequestURI();
            var accepted = request.getHeader("Accept");
            return address != null
                    && accepted != null
                    && accepted.contains("text/html")
                    && !InterfaceAddress.of(address);
        }
    }
}
