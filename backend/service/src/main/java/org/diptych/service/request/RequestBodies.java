package org.diptych.service.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.diptych.service.problem.Problem;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.AbstractJacksonHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Checks every JSON body before it is read. */
@ControllerAdvice
class RequestBodies extends RequestBodyAdviceAdapter {
    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return AbstractJacksonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        var body = message.getBody().readAllBytes();
        JsonCheck.require(inUnicode(body, message.getHeaders()));
        return new Checked(message.getHeaders(), body);
    }

    /**
     * The body as the converter will read it: an old character set is named by its sender, Unicode names itself, and
     * ASCII is read as the Unicode that it is a part of.
     */
    private static byte[] inUnicode(byte[] body, HttpHeaders headers) {
        var type = headers.getContentType();
        var charset = type == null ? null : type.getCharset();
        if (charset == null || charset.name().startsWith("UTF-") || charset.equals(StandardCharsets.US_ASCII)) {
            return body;
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString().getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw Problem.invalid(
                    "invalid_text",
                    "body",
                    "The body is not in " + charset.name() + ", as its Content-Type says. Send it in UTF-8.");
        }
    }

    private record Checked(HttpHeaders headers, byte[] body) implements HttpInputMessage {
        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
