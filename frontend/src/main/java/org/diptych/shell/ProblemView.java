package org.diptych.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import org.diptych.problem.Problem;

/** What somebody sees who asks for a campaign that does not exist or is not theirs. */
@ParentLayout(Shell.class)
@PermitAll
class ProblemView extends Div implements HasErrorParameter<Problem> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Problem> parameter) {
        removeAll();
        addClassNames("panel", "empty");
        var back = new Anchor(".", getTranslation("error.back"));
        back.addClassName("button");
        add(
                new H2(getTranslation("error.title")),
                new Paragraph(parameter.getException().detail()),
                back);
        return parameter.getException().status().value();
    }
}
