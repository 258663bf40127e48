package org.diptych.ui.acquisition;

import static com.vaadin.flow.i18n.I18NProvider.translate;
import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.dom.Element;
import java.util.Map;
import java.util.UUID;
import org.diptych.service.acquisition.QueueEntry;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;

/** Why a pair is where it is in the queue. */
class PairDetail extends Panel {
    /**
     * Explains a pair.
     *
     * @param campaign its campaign
     * @param entry the pair
     * @param largest the largest value of each score part in the list, so that bars can be compared between pairs
     */
    PairDetail(UUID campaign, QueueEntry entry, Map<String, Double> largest) {
        super(translate("queue.why"));
        var pictures =
                box("trio3", picture(entry.first(), "A"), picture(entry.source(), ""), picture(entry.second(), "B"));
        var content = box("stack", pictures, written(entry.instruction(), "s"));
        var parts = ScoreParts.of(entry.scoreParts());
        if (entry.stratum().equals("uniform")) {
            content.add(note(Icon.INFO, translate("queue.uniform.help"), ""));
        } else if (QueueView.PERSON.equals(entry.policy())) {
            content.add(note(Icon.INFO, translate(entry.pinned() ? "queue.pinned.help" : "queue.asked.help"), ""));
        } else if (parts.parts().isEmpty()) {
            content.add(note(Icon.INFO, translate("queue.random.help"), ""));
        } else {
            var figures = box("waterfall num");
            parts.parts().forEach(part -> figures.add(bar(part, largest.getOrDefault(part.key(), 1.0))));
            content.add(figures, foot(translate("queue.parts.help")));
        }
        if (entry.another()) {
            content.add(note(Icon.INFO, translate("queue.another.help"), ""));
        }
        content.add(
                facts(entry),
                new Anchor("campaigns/" + campaign + "/pairs/" + entry.pair(), translate("queue.open.pair")));
        body(content);
    }

    private static Image picture(String sha256, String name) {
        return new Image("images/" + sha256 + "/display", name);
    }

    private static Div bar(ScoreParts.Part part, double largest) {
        var share = largest == 0 ? 0 : Math.max(0, Math.min(1, Math.abs(part.value() / largest)));
        var bar = box("b");
        bar.getElement()
                .appendChild(new Element("i")
                        .setAttribute(
                                "style", "left:0;width:" + Math.round(share * 1000) / 10.0 + "%;background:var(--s1)"));
        return new Div(text(part.name()), bar, text(Figures.decimals(part.value(), 3), "r"));
    }

    private static DescriptionList facts(QueueEntry entry) {
        var facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "queue.stratum", translate("stratum." + entry.stratum()));
        if (!entry.pinned()) {
            fact(facts, "queue.priority", Figures.decimals(entry.priority(), 3));
        }
        fact(facts, "queue.probability", Figures.probability(entry.selectionProbability()));
        fact(facts, "queue.labels", of(entry));
        var policy = entry.policy();
        var model = entry.modelVersion();
        if (policy != null && !policy.equals(QueueView.PERSON)) {
            fact(facts, "queue.policy", policy);
        }
        if (model != null) {
            fact(facts, "queue.model", translate("models.version", model));
        }
        facts.add(
                new DescriptionList.Term(translate("queue.item")),
                new DescriptionList.Description(written(entry.item())));
        return facts;
    }

    static String of(QueueEntry entry) {
        return translate("figure.of", Figures.count(entry.filled()), Figures.count(entry.wanted()));
    }

    private static void fact(DescriptionList facts, String key, String value) {
        facts.add(new DescriptionList.Term(translate(key)), new DescriptionList.Description(value));
    }
}
