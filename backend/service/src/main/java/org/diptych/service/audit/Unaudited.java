package org.diptych.service.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Something that changes rows and needs no entry in the audit log. Everything else that changes some must write one. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.CLASS)
public @interface Unaudited {
    /** Why not. */
    String value();
}
