package org.diptych;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A browser without a screen: it keeps cookies and signs in through the form. */
final class SignedInClient implements AutoCloseable {
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String url;

    SignedInClient(String url) {
        this.url = url;
    }

    /** Sends the form; the token against forged requests is taken from the page. */
    HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        var found = Pattern.compile("name=\"_csrf\" content=\"([^\"]+)\"")
                .matcher(get("/login").body());
        if (!found.find()) {
            throw new AssertionError("the sign-in page has no token");
        }
        return post(
                "/login",
                "application/x-www-form-urlencoded",
                "username=" + encode(name) + "&password=" + encode(password) + "&_csrf=" + encode(found.group(1)));
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url + address)).build(), BodyHandlers.ofString());
    }

    /** The same as a browser asks for a page, with headers of a proxy. */
    HttpResponse<String> page(String address, String... headers) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + address))
                        .header("Accept", "text/html")
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String address, String type, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + address))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
