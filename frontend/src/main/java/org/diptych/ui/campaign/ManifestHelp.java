package org.diptych.ui.campaign;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Pre;
import org.diptych.ui.shell.Panel;

/** What a manifest looks like. */
class ManifestHelp extends Panel {
    private static final String EXAMPLE = """
            {"id": "0001",
             "instruction": "Make it black.",
             "source": "images/0001.png",
             "category": "Attribute",
             "candidates": [
              {"model": "a",
               "image": "a/0001.png"},
              {"model": "b",
               "image": "b/0001.png"}]}""";

    ManifestHelp() {
        super(translate("import.manifest"));
        var example = new Pre(EXAMPLE);
        example.addClassName("code");
        example.getElement().setAttribute("tabindex", "0");
        body(text(translate("import.manifest.help"), "s"), example, foot(translate("import.limits")));
    }
}
