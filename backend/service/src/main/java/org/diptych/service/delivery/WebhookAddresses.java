package org.diptych.service.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.diptych.service.problem.Problem;
import org.springframework.stereotype.Component;

/** Which addresses may be called: those of hosts that the administrator names, and none inside unless they say so. */
@Component
class WebhookAddresses {
    private static final int LONGEST = 2_000;

    private final WebhookSettings settings;

    WebhookAddresses(WebhookSettings settings) {
        this.settings = settings;
    }

    boolean isOn() {
        return !settings.hosts().isEmpty();
    }

    /**
     * An address that somebody gives.
     *
     * @throws Problem {@code invalid_url} or {@code host_not_allowed}
     */
    URI checked(String url) {
        URI address;
        try {
            address = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw invalid("is not an address");
        }
        var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && settings.privateAddresses())) {
            throw invalid("must begin with https://");
        }
        if (url.length() > LONGEST) {
            throw invalid("has more than " + LONGEST + " characters");
        }
        if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw invalid("must have a host, and neither a user nor a fragment");
        }
        if (!isAllowed(address.getHost())) {
            throw Problem.invalid(
                    "host_not_allowed",
                    "url",
                    "Webhooks may not go to " + address.getHost()
                            + ". The administrator names the hosts in diptych.webhooks.hosts.");
        }
        return address;
    }

    private static Problem invalid(String fault) {
        return Problem.invalid(
                "invalid_url", "url", "The address " + fault + ", for example https://example.org/hook.");
    }

    private boolean isAllowed(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return settings.hosts().stream()
                .map(allowed -> allowed.strip().toLowerCase(Locale.ROOT))
                .anyMatch(allowed -> allowed.startsWith("*.")
                        ? name.endsWith(allowed.substring(1)) && name.length() > allowed.length() - 1
                        : name.equals(allowed));
    }

    /**
     * Looks where a name leads now, before each call: it may lead elsewhere than when it was given.
     *
     * @throws UnknownHostException when it leads nowhere, or inside
     */
    void requireReachable(URI address) throws UnknownHostException {
        for (var place : InetAddress.getAllByName(address.getHost())) {
            if (!settings.privateAddresses() && isInside(place)) {
                throw new UnknownHostException(address.getHost() + " is inside: private addresses are not called");
            }
        }
    }

    static boolean isInside(InetAddress place) {
        var bytes = place.getAddress();
        boolean uniqueLocal = place instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
        boolean shared = bytes.length == 4 && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
        boolean thisNetwork = bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xFF) >= 240);
        return place.isLoopbackAddress()
                || place.isAnyLocalAddress()
                || place.isSiteLocalAddress()
                || place.isLinkLocalAddress()
                || place.isMulticastAddress()
                || uniqueLocal
                || shared
                || thisNetwork;
    }
}
