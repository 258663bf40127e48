package org.diptych.ui.quality;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.written;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.diptych.service.account.AccountZones;
import org.diptych.service.campaign.CampaignProtocols;
import org.diptych.service.conduct.AnnotatorReport;
import org.diptych.service.conduct.AnnotatorReports;
import org.diptych.service.conduct.Appeals;
import org.diptych.service.conduct.Notice;
import org.diptych.service.conduct.RuleAction;
import org.diptych.ui.agreement.DimensionNames;
import org.diptych.ui.annotate.AnnotateView;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** An annotator's own figures in a campaign, and what they can say to a pause. */
@Route(value = "my-figures/:campaign", layout = Shell.class)
@PermitAll
class MyFiguresView extends CampaignPage {
    private static final int LONGEST = 2_000;

    private final AnnotatorReports reports;
    private final Appeals appeals;
    private final CampaignProtocols protocols;
    private final CurrentAccount account;
    private final ZoneId zone;
    private final Div said = new Div();
    private @Nullable NoticePanel notices;
    private @Nullable UUID campaign;

    MyFiguresView(
            AnnotatorReports reports,
            Appeals appeals,
            CampaignProtocols protocols,
            AccountZones zones,
            CurrentAccount account) {
        super("conduct.mine");
        this.reports = reports;
        this.appeals = appeals;
        this.protocols = protocols;
        this.account = account;
        this.zone = zones.of(account.person());
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var names = new DimensionNames(protocols.current(id), getLocale());
        notices = new NoticePanel(
                id,
                zone,
                names,
                notice -> reports.questionedOwn(account.person(), id, notice.id()),
                this::actions,
                notice -> notice.action() == RuleAction.PAUSE);
        var work = new Anchor("annotate/" + id, Icon.ANNOTATE.draw(), new Div(getTranslation("conduct.work")));
        work.addClassName("button");
        AnnotateView.asPageOfItsOwn(work);
        draw();
        add(
                new PageHead(title(), work).says(getTranslation("conduct.mine.sub")),
                said,
                new FiguresBeside(reports.ownFigures(account.person(), id), names, zone));
    }

    private void draw() {
        var report = reports.ownBriefly(account.person(), Objects.requireNonNull(campaign));
        var panel = Objects.requireNonNull(notices);
        panel.show(report.notices());
        said.removeAll();
        if (!report.notices().isEmpty() || report.exclusion() != null || report.asked() != null) {
            var state = new Panel(getTranslation("conduct.state")).body(state(report), panel);
            state.addClassName("gap");
            said.add(state);
        }
    }

    private Component state(AnnotatorReport report) {
        var says = box("stack gap");
        if (report.pause() != null) {
            says.add(note(Icon.WARNING, getTranslation("conduct.todo"), "warn"));
        }
        var asked = report.asked();
        if (asked != null) {
            says.add(
                    note(Icon.INFO, getTranslation("conduct.retrained.mine", Figures.moment(asked.at(), zone)), "warn"),
                    new Div(written(asked.reason())));
        }
        var exclusion = report.exclusion();
        if (exclusion != null) {
            says.add(
                    note(
                            Icon.INFO,
                            getTranslation(
                                    "conduct.excluded.mine", exclusion.from().toString()),
                            ""),
                    new Div(written(exclusion.reason())));
        }
        return says;
    }

    private List<Component> actions(Notice notice) {
        if (!notice.holds() || notice.appeal() != null) {
            return List.of();
        }
        return List.of(new Button(
                getTranslation("conduct.appeal"),
                click -> new ReasonDialog("conduct.appeal", LONGEST, text -> {
                            appeals.make(account.person(), Objects.requireNonNull(campaign), notice.id(), text);
                            draw();
                        })
                        .open()));
    }
}
