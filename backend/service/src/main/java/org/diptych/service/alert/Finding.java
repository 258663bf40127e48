package org.diptych.service.alert;

import java.util.Map;

/**
 * A cause that is there now.
 *
 * @param kind what it is
 * @param subject what of the kind, or empty
 * @param figures what it rests on
 */
record Finding(AlertKind kind, String subject, Map<String, Object> figures) {}
