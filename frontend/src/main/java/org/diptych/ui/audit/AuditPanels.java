package org.diptych.ui.audit;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diptych.service.account.SignedIn;
import org.diptych.service.audit.AuditAction;
import org.diptych.service.campaign.CampaignName;
import org.diptych.service.history.AuditEntry;
import org.diptych.service.history.AuditFilter;
import org.diptych.service.history.AuditTrail;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.Icon;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.Parts;

/** The filter and a page of entries, over all campaigns or about one. */
class AuditPanels extends Div {
    private static final int PAGE = 100;

    private final String path;
    private final AuditAddress shown;
    private final ZoneId zone;
    private final List<CampaignName> campaigns;

    /**
     * What the address says.
     *
     * @param path of the page, to which links add what they show
     * @param campaigns to choose from; empty on the page of one campaign
     */
    AuditPanels(
            String path,
            AuditTrail trail,
            SignedIn reader,
            ZoneId zone,
            AuditAddress shown,
            List<CampaignName> campaigns) {
        this.path = path;
        this.shown = shown;
        this.zone = zone;
        this.campaigns = campaigns;
        addClassName("stack");
        var download = new Anchor(
                "api/v1/audit.csv" + shown.before(null).query(),
                Icon.EXPORT.draw(),
                text(getTranslation("audit.download")));
        download.addClassName("button");
        download.getElement().setAttribute("download", "audit.csv").setAttribute("router-ignore", true);
        var entries = trail.page(reader, shown.filter(), shown.before(), PAGE + 1);
        add(
                new Panel(getTranslation("audit.filter")).body(form()),
                new Panel(getTranslation("audit.entries")).end(download).wide(table(entries), turn(entries)));
    }

    private Component form() {
        var person = new TextField(getTranslation("audit.person"));
        person.setMaxLength(80);
        person.setValue(shown.filter().person() == null ? "" : shown.filter().person());
        var action = new ComboBox<String>(getTranslation("audit.action"));
        action.setItems(
                Arrays.stream(AuditAction.values()).map(AuditAction::code).toList());
        action.setItemLabelGenerator(this::written);
        action.setPlaceholder(getTranslation("audit.any"));
        action.setClearButtonVisible(true);
        action.setValue(shown.filter().action());
        var campaign = new ComboBox<CampaignName>(getTranslation("audit.campaign"));
        campaign.setItems(campaigns);
        campaign.setItemLabelGenerator(CampaignName::name);
        campaign.setPlaceholder(getTranslation("audit.any"));
        campaign.setClearButtonVisible(true);
        campaigns.stream()
                .filter(name -> name.id().equals(shown.filter().campaign()))
                .findFirst()
                .ifPresent(campaign::setValue);
        campaign.setVisible(!campaigns.isEmpty());
        var from = new DatePicker(getTranslation("audit.from"), shown.filter().from());
        var to = new DatePicker(getTranslation("audit.to"), shown.filter().to());
        var apply = new Button(getTranslation("audit.apply"), click -> {
            UUID wanted =
                    campaign.getValue() == null ? null : campaign.getValue().id();
            var filter = new AuditFilter(person.getValue(), action.getValue(), wanted, from.getValue(), to.getValue());
            UI.getCurrent().navigate(path, new AuditAddress(filter, null).parameters());
        });
        apply.addThemeNames("primary");
        var row = box("row wrap", person, action, campaign, from, to, apply);
        row.getStyle().set("align-items", "flex-end");
        return row;
    }

    private Component table(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return box("body", text(getTranslation("audit.none"), "muted", "s"));
        }
        var table = new FigureTable(
                Column.words(getTranslation("audit.when")),
                Column.words(getTranslation("audit.who")),
                Column.words(getTranslation("audit.action")),
                Column.words(getTranslation("audit.subject")),
                Column.words(getTranslation("audit.change")),
                Column.words(getTranslation("audit.address")));
        entries.stream()
                .limit(PAGE)
                .forEach(entry -> table.row(
                        text(Figures.moment(entry.at(), zone), "muted", "nowrap"),
                        Parts.written(entry.who() == null ? "–" : entry.who()),
                        text(written(entry.action())),
                        about(entry),
                        Parts.written(changes(entry.detail()), "s"),
                        text(entry.address() == null ? "–" : entry.address(), "muted", "s")));
        return table;
    }

    private Component about(AuditEntry entry) {
        var about = new Div();
        if (entry.subject() != null) {
            about.add(new Div(Parts.written(entry.subject())));
        }
        if (entry.campaignName() != null && !campaigns.isEmpty()) {
            about.add(box("sub2", Parts.written(entry.campaignName())));
        }
        return about;
    }

    private Component turn(List<AuditEntry> entries) {
        var turn = box("body row");
        if (shown.before() != null) {
            turn.add(new Anchor(path + shown.before(null).query(), getTranslation("audit.newest")));
        }
        if (entries.size() > PAGE) {
            turn.add(new Anchor(
                    path + shown.before(entries.get(PAGE - 1).id()).query(), getTranslation("audit.earlier")));
        }
        return turn;
    }

    private String written(String action) {
        var known =
                Arrays.stream(AuditAction.values()).anyMatch(each -> each.code().equals(action));
        return known ? getTranslation("audit.is." + action) : action;
    }

    /** A line for each field, e.g. {@code leaseSeconds: 1200 → 600}. */
    static String changes(Map<String, Object> detail) {
        var before = detail.get("before") instanceof Map<?, ?> fields ? fields : Map.of();
        var after = detail.get("after") instanceof Map<?, ?> fields ? fields : Map.of();
        var names = new TreeSet<String>();
        before.keySet().forEach(name -> names.add(String.valueOf(name)));
        after.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names.stream()
                .map(name -> name + ": "
                        + (before.containsKey(name) ? before.get(name) + (after.containsKey(name) ? " → " : " →") : "")
                        + (after.containsKey(name) ? after.get(name) : ""))
                .collect(Collectors.joining("\n"));
    }
}
