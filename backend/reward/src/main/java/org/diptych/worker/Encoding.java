package org.diptych.worker;

import java.util.function.Supplier;
import org.diptych.reward.encoder.EditEncoder;
import org.diptych.reward.encoder.EmbeddedEditEncoder;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The encoder of this process, made when it is first needed: it takes seconds and memory that a web node may never use. */
@Component
class Encoding implements DisposableBean {
    private final Object lock = new Object();
    private final Supplier<EditEncoder> maker = EmbeddedEditEncoder::new;
    private volatile @org.jspecify.annotations.Nullable EditEncoder encoder;

    EditEncoder encoder() {
        var known = encoder;
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            var made = encoder;
            if (made == null) {
                made = maker.get();
                encoder = made;
            }
            return made;
        }
    }

    @Override
    public void destroy() {
        synchronized (lock) {
            var made = encoder;
            if (made != null) {
                made.close();
                encoder = null;
            }
        }
    }
}
