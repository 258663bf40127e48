package org.diptych.service.delivery;

/**
 * That somebody gets alerts by mail.
 *
 * @param address where to
 * @param delivery when
 */
public record Subscription(String address, Delivery delivery) {
    /** When mail is sent. */
    public enum Delivery {
        /** With each alert. */
        AT_ONCE,
        /** Once a day, at eight in the morning where the account's days begin; nothing when nothing is open. */
        DAILY
    }
}
