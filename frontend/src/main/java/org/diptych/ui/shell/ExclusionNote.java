package org.diptych.ui.shell;

import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.UUID;
import org.diptych.service.conduct.Exclusion;

/** Says whose labels are left out of what a page shows; nothing while nobody is excluded. */
public final class ExclusionNote extends Div {
    /** A note on a campaign's exclusions. */
    public ExclusionNote(UUID campaign, List<Exclusion> exclusions) {
        this(campaign, exclusions, "conduct.leftout");
    }

    /** The same in other words. */
    public ExclusionNote(UUID campaign, List<Exclusion> exclusions, String words) {
        if (exclusions.isEmpty()) {
            setVisible(false);
            return;
        }
        addClassName("gap");
        var line = note(Icon.INFO, getTranslation(words, Figures.count(exclusions.size())), "");
        exclusions.forEach(each -> {
            var link = new Anchor("campaigns/" + campaign + "/annotators/" + each.annotator());
            link.add(Parts.written(each.name()), Parts.text(" " + each.from(), "muted"));
            line.add(link);
        });
        add(line);
    }
}
