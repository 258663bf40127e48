package org.diptych.service.alert;

/** An alert is new; whoever is told in its transaction, is told with it or not at all. */
public record AlertRaised(Alert alert) {}
