package org.diptych.ui.agreement;

import static org.diptych.ui.shell.Parts.note;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import java.util.UUID;
import org.diptych.service.agreement.AgreementFigures;
import org.diptych.service.agreement.AgreementFigures.Finding;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;

/** What deserves a look: each with its figures, what it means, and the way to what can be done. */
class FindingList extends Div {
    FindingList(UUID campaign, AgreementFigures figures, AgreementAddress address) {
        addClassName("stack");
        if (figures.findings().isEmpty()) {
            add(note(
                    Icon.CHECK,
                    getTranslation(
                            figures.basis().comparable() == 0
                                    ? "agreement.findings.toofew"
                                    : "agreement.findings.none"),
                    figures.basis().comparable() == 0 ? "" : "ok"));
        }
        for (var finding : figures.findings()) {
            var line = note(Icon.WARNING, sentence(figures, finding), "warn");
            var target = target(campaign, finding, address);
            if (!target.isEmpty()) {
                line.add(new Anchor(target, getTranslation("agreement.finding.see." + finding.kind())));
            }
            add(line);
        }
    }

    private String sentence(AgreementFigures figures, Finding finding) {
        boolean share = switch (finding.kind()) {
            case "side", "change", "disagrees" -> true;
            default -> false;
        };
        var p = finding.pValue();
        return getTranslation(
                finding.kind().equals("trend") && finding.value() > finding.compared()
                        ? "agreement.finding.rise"
                        : "agreement.finding." + finding.kind(),
                name(figures, finding),
                share ? Figures.percent(finding.value()) : Figures.coefficient(finding.value()),
                share ? Figures.percent(finding.compared()) : Figures.coefficient(finding.compared()),
                p == null ? "" : Written.p(p));
    }

    private static String name(AgreementFigures figures, Finding finding) {
        var subject = finding.subject();
        return subject == null
                ? ""
                : figures.annotators().stream()
                        .map(AgreementFigures.AnnotatorFigures::person)
                        .filter(person -> person.name().equals(subject))
                        .map(AgreementFigures.Person::displayName)
                        .findFirst()
                        .orElse(subject);
    }

    private static String target(UUID campaign, Finding finding, AgreementAddress address) {
        var page = "campaigns/" + campaign + "/agreement";
        var subject = finding.subject();
        return subject == null
                ? ""
                : switch (finding.kind()) {
                    case "category" ->
                        page + address.with(address.filter().in(subject)).query();
                    default -> page + address.with(address.filter().by(subject)).query();
                };
    }
}
