package org.diptych.ui.dataset;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.note;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;
import org.diptych.service.campaign.CampaignProgress;
import org.diptych.service.campaign.CampaignProgressService;
import org.diptych.service.conduct.Conduct;
import org.diptych.service.dataset.ExportFormat;
import org.diptych.service.dataset.ExportService;
import org.diptych.service.problem.Problem;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.ExclusionNote;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Shell;

/** Export page: what each format holds, and the download. */
@Route(value = "campaigns/:campaign/export", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class ExportView extends CampaignPage {
    private final ExportService exports;
    private final CampaignProgressService progress;
    private final Conduct conduct;
    private final CurrentAccount account;

    ExportView(ExportService exports, CampaignProgressService progress, Conduct conduct, CurrentAccount account) {
        super("nav.export");
        this.exports = exports;
        this.progress = progress;
        this.conduct = conduct;
        this.account = account;
    }

    @Override
    protected void open(UUID campaign) {
        var now = progress.progress(account.person(), campaign);
        var files = new Div();
        var folders = new Div();
        for (var format : ExportFormat.values()) {
            if (!format.isFolder()) {
                files.add(format(campaign, format, ""));
            }
        }
        var drawn = new Runnable[1];
        var options = new ExportOptionsForm(() -> drawn[0].run());
        drawn[0] = () -> {
            folders.removeAll();
            for (var format : ExportFormat.values()) {
                if (format.isFolder()) {
                    folders.add(format(campaign, format, options.parameters(format)));
                }
            }
        };
        drawn[0].run();
        var panels = box(
                "stack",
                new Panel(getTranslation("export.format")).wide(files),
                new Panel(getTranslation("export.folders")).body(options).wide(folders));
        var exclusions = conduct.exclusions(account.person(), campaign);
        add(
                new PageHead(title()).says(getTranslation("export.sub")),
                new ExclusionNote(campaign, exclusions),
                box("aside", panels, contents(now, !exclusions.isEmpty())));
    }

    private Div format(UUID campaign, ExportFormat format, String parameters) {
        var name = getTranslation("export." + format.word());
        var about = new Div(text(name, "strong"), new Paragraph(getTranslation("export." + format.word() + ".help")));
        try {
            exports.prepare(account.person(), campaign, format);
            return box(
                    "option",
                    about,
                    ExportButtons.button(campaign, format, parameters, getTranslation("export.download")));
        } catch (Problem impossible) {
            about.add(note(Icon.INFO, impossible.detail(), ""));
            return box("option", about);
        }
    }

    private Panel contents(CampaignProgress now, boolean excluding) {
        var facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "overview.labels", Figures.count(now.labels()));
        fact(facts, "export.skips", Figures.count(now.skips()));
        fact(facts, "export.flagged", Figures.count(now.flagged()));
        fact(facts, "export.pairs", Figures.count(now.pairs()));
        fact(facts, "export.protocol", now.protocol());
        fact(facts, "export.last", Figures.moment(now.lastLabelAt(), "–"));
        // what was given, not what a file holds: that is known only when it is written
        return excluding
                ? new Panel(getTranslation("export.given"))
                        .says(getTranslation("export.given.help"))
                        .body(facts)
                : new Panel(getTranslation("export.contents")).body(facts);
    }

    private void fact(DescriptionList facts, String key, String value) {
        facts.add(new DescriptionList.Term(getTranslation(key)), new DescriptionList.Description(value));
    }
}
