package org.diptych;

/** Says something on the terminal that must not reach a log file, such as a password. */
final class Notice {
    private Notice() {}

    static void print(String text) {
        System.err.println(text);
    }
}
