package org.diptych.ui.shell;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import org.springframework.http.HttpStatus;

/** What somebody sees who asks for a page that their role may not see. */
@ParentLayout(Shell.class)
@PermitAll
class ForbiddenView extends ErrorNotice implements HasErrorParameter<AccessDeniedException> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<AccessDeniedException> parameter) {
        say(getTranslation("error.forbidden"), getTranslation("error.forbidden.help"));
        return HttpStatus.FORBIDDEN.value();
    }
}
