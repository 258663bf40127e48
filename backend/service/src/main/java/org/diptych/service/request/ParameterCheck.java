package org.diptych.service.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.text.Characters;
import org.diptych.service.problem.Problem;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Refuses characters that cannot be stored in the parameters of an address and in its path, and a parameter that is there
 * twice, unless the address takes a list of it. The query is read as it came:
 * asking the request for its parameters would read the body of a form, and replaces what it cannot decode.
 */
final class ParameterCheck implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var query = request.getQueryString();
        if (query != null) {
            var names = new HashSet<String>();
            for (var parameter : query.split("&")) {
                int equals = parameter.indexOf('=');
                var name = decoded("query", equals < 0 ? parameter : parameter.substring(0, equals));
                var field = Characters.legible(name);
                require(field, name);
                if (!names.add(name) && !takesList(handler, name)) {
                    throw Problem.invalid("repeated_field", field, field + " is there twice. Send it once.");
                }
                require(field, decoded(field, equals < 0 ? "" : parameter.substring(equals + 1)));
            }
        }
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> require(String.valueOf(name), String.valueOf(value)));
        }
        return true;
    }

    private static boolean takesList(Object handler, String name) {
        return handler instanceof HandlerMethod method
                && Arrays.stream(method.getMethodParameters())
                        .filter(parameter -> List.class.equals(parameter.getParameterType())
                                && parameter.hasParameterAnnotation(RequestParam.class))
                        .map(parameter -> parameter.getParameter().getName())
                        .anyMatch(name::equals);
    }

    private static void require(String field, String text) {
        Characters.fault(text).ifPresent(fault -> {
            throw Problem.invalid("invalid_text", field, field + " " + fault + ". Leave it out.");
        });
    }

    private static String decoded(String field, String raw) {
        var bytes = new ByteArrayOutputStream();
        for (int index = 0; index < raw.length(); index++) {
            char character = raw.charAt(index);
            if (character == '%') {
                bytes.write(octet(field, raw, index));
                index += 2;
            } else {
                bytes.writeBytes(
                        String.valueOf(character == '+' ? ' ' : character).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.invalid("invalid_text", field, field + " is not in UTF-8. Encode it so in the address.");
        }
    }

    private static int octet(String field, String raw, int percent) {
        if (percent + 2 < raw.length()) {
            int high = Character.digit(raw.charAt(percent + 1), 16);
            int low = Character.digit(raw.charAt(percent + 2), 16);
            if (high >= 0 && low >= 0) {
                return high * 16 + low;
            }
        }
        throw Problem.invalid(
                "invalid_text", field, field + " has a % that no two digits follow. Write %25 for the sign itself.");
    }
}
