package org.diptych.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import org.springframework.http.HttpStatus;

/** What somebody sees who asks for a page that does not exist. */
@ParentLayout(Shell.class)
@PermitAll
class NotFoundView extends ErrorNotice implements HasErrorParameter<NotFoundException> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        say(getTranslation("error.missing"), getTranslation("error.missing.help"));
        return HttpStatus.NOT_FOUND.value();
    }
}
