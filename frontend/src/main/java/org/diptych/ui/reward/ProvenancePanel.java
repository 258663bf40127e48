package org.diptych.ui.reward;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.DescriptionList;
import java.util.Map;
import org.diptych.service.reward.ModelVersion;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Panel;

/** Where a model version comes from: what it was trained on, how, and how it was compared. */
class ProvenancePanel extends Panel {
    private static final int DIGEST_SHOWN = 12;

    ProvenancePanel(ModelVersion version) {
        super(translate("provenance.title", version.number()));
        var card = ModelCardJson.of(version.card());
        var facts = list(Map.of());
        fact(facts, translate("provenance.labels"), Figures.count(version.labels()));
        fact(facts, translate("provenance.parameters"), brief(version.digest()));
        card.part("provenance").facts().forEach((name, value) -> fact(facts, name, value));
        body(facts);
        more("provenance.comparison", ModelCardJson.of(version.comparison()).facts());
        more("provenance.settings", card.part("settings").facts());
        more("provenance.card", card.ownFacts());
    }

    private void more(String title, Map<String, String> facts) {
        if (!facts.isEmpty()) {
            var details = new Details(translate(title), list(facts));
            details.addClassName("more");
            add(details);
        }
    }

    private static DescriptionList list(Map<String, String> facts) {
        var list = new DescriptionList();
        list.addClassName("facts");
        facts.forEach((name, value) -> fact(list, name, value));
        return list;
    }

    private static void fact(DescriptionList facts, String name, String value) {
        facts.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
    }

    private static String brief(String digest) {
        return digest.length() <= DIGEST_SHOWN ? digest : digest.substring(0, DIGEST_SHOWN) + "…";
    }
}
