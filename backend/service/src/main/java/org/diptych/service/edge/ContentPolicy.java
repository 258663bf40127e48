package org.diptych.service.edge;

/**
 * What a browser may do with an answer of this server (Content Security Policy, W3C). Everything comes from this server, no
 * other site frames it, and nothing is sent elsewhere.
 */
public final class ContentPolicy {
    /** The header. */
    public static final String HEADER = "Content-Security-Policy";

    /** Where pictures are decoded, code that has been fetched once runs as a blob. */
    private static final String COMMON =
            "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none';"
                    + " form-action 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self' data:;"
                    + " worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'";

    private ContentPolicy() {}

    /** For whatever is no page: scripts come from files of this server. */
    static String usual() {
        return COMMON;
    }

    /**
     * For a page. What the pages' framework sends to be done there is made into functions, so evaluation has to be allowed;
     * what is written between the page's tags runs only with the nonce.
     *
     * @param nonce drawn for this answer alone, in Base64
     */
    public static String ofPage(String nonce) {
        return COMMON + " 'nonce-" + nonce + "' 'unsafe-eval'";
    }
}
