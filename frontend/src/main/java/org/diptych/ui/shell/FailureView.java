package org.diptych.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * What is seen where a page fails: never the failure itself, which is in the log. It stands alone, for the frame may be what
 * failed.
 */
@AnonymousAllowed
class FailureView extends ErrorNotice implements HasErrorParameter<Exception> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureView.class);

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        LOG.error("The page {} failed", event.getLocation().getPath(), parameter.getException());
        say(getTranslation("error.failed"), getTranslation("error.failed.help"));
        return HttpStatus.INTERNAL_SERVER_ERROR.value();
    }
}
