package org.diptych.service.problem;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Addresses as the browser must ask for them: below the prefix under which the product is served. */
public final class ServedAddress {
    private ServedAddress() {}

    /**
     * An address within the product with the prefix of the request being served before it.
     *
     * @param address begins with a slash
     */
    public static String of(String address) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getContextPath() + address
                : address;
    }
}
