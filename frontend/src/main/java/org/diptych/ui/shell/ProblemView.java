package org.diptych.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import org.diptych.service.problem.Problem;

/** What somebody sees who asks for a campaign that does not exist or is not theirs. */
@ParentLayout(Shell.class)
@PermitAll
class ProblemView extends ErrorNotice implements HasErrorParameter<Problem> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Problem> parameter) {
        var problem = parameter.getException();
        say(
                getTranslation("error.title"),
                switch (problem.status()) {
                    case FORBIDDEN -> getTranslation("error.forbidden.help");
                    case NOT_FOUND -> getTranslation("error.missing.help");
                    case SERVICE_UNAVAILABLE -> getTranslation("error.unavailable.help");
                    default -> problem.detail();
                });
        return problem.status().value();
    }
}
