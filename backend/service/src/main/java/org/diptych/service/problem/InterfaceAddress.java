package org.diptych.service.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Which addresses are for programs: their errors are problem documents, whoever answers. All others are pages. */
final class InterfaceAddress {
    static final List<String> ROOTS = List.of("/api", "/images", "/actuator", "/v3");

    private InterfaceAddress() {}

    /** Whether a request, or the one whose error is dispatched now, is for the interface. */
    static boolean of(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? of(failed.substring(
                        Math.min(failed.length(), request.getContextPath().length())))
                : of(inside(request));
    }

    /** Whether an address within the application is for the interface; slashes that are doubled count as one. */
    static boolean of(String path) {
        var plain = path.replaceAll("/{2,}", "/");
        return ROOTS.stream()
                .anyMatch(root -> plain.startsWith(root)
                        && (plain.length() == root.length() || "/;?".indexOf(plain.charAt(root.length())) >= 0));
    }

    private static String inside(HttpServletRequest request) {
        var info = request.getPathInfo();
        return request.getServletPath() + (info == null ? "" : info);
    }
}
