package org.diptych.ui.agreement;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.chip;
import static org.diptych.ui.shell.Parts.foot;
import static org.diptych.ui.shell.Parts.legend;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.diptych.protocol.Protocol;
import org.diptych.service.agreement.AgreementService;
import org.diptych.service.agreement.CampaignAgreement;
import org.diptych.service.agreement.CampaignAgreement.DimensionAgreement;
import org.diptych.service.agreement.CampaignAgreement.Figure;
import org.diptych.service.agreement.CampaignAgreement.Reading;
import org.diptych.service.agreement.CampaignAgreement.Stratum;
import org.diptych.service.protocol.ProtocolService;
import org.diptych.ui.chart.DotWhisker;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.CampaignPage;
import org.diptych.ui.shell.CurrentAccount;
import org.diptych.ui.shell.FigureTable;
import org.diptych.ui.shell.FigureTable.Column;
import org.diptych.ui.shell.Figures;
import org.diptych.ui.shell.LiveRefresh;
import org.diptych.ui.shell.PageHead;
import org.diptych.ui.shell.Panel;
import org.diptych.ui.shell.SegmentedChoice;
import org.diptych.ui.shell.Shell;
import org.jspecify.annotations.Nullable;

/** Agreement of a campaign: headline figures of a stratum, the strata side by side, and every coefficient. */
@Route(value = "campaigns/:campaign/agreement", layout = Shell.class)
@RolesAllowed({"LEAD", "ADMIN"})
class AgreementView extends CampaignPage {
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final AgreementService service;
    private final ProtocolService protocols;
    private final CurrentAccount account;
    private final PageHead head = new PageHead(title());
    private final SegmentedChoice<String> stratum;
    private final Div count = box("end");
    private final Div headline = new Div();
    private final DotWhisker strata = new DotWhisker();
    private final Div coefficients = new Div();
    private @Nullable UUID campaign;
    private @Nullable CampaignAgreement shown;

    AgreementView(AgreementService service, ProtocolService protocols, CurrentAccount account) {
        super("nav.agreement");
        this.service = service;
        this.protocols = protocols;
        this.account = account;
        stratum = new SegmentedChoice<>(
                getTranslation("agreement.stratum"),
                "uniform",
                name -> getTranslation("stratum." + name),
                name -> draw(),
                "uniform",
                "all");
        LiveRefresh.every(REFRESH, this, this::refresh);
    }

    @Override
    protected void open(UUID id) {
        campaign = id;
        var beside = new Panel(getTranslation("agreement.strata"))
                .end(box(
                        "legend",
                        legend("s1", getTranslation("stratum.uniform")),
                        legend("s0", getTranslation("stratum.all"))))
                .says(getTranslation("agreement.strata.help"))
                .body(strata);
        var table = new Panel(getTranslation("agreement.table"))
                .says(getTranslation("agreement.table.help"))
                .wide(coefficients);
        beside.addClassName("gap");
        // the table is wider than half a page: beside something else its last columns would be cut
        add(head, box("filters", stratum, count), headline, beside, table);
        add(foot(getTranslation("agreement.methods")));
        refresh();
    }

    private void refresh() {
        var agreement = service.of(account.person(), Objects.requireNonNull(campaign));
        if (!agreement.equals(shown)) {
            shown = agreement;
            draw();
        }
    }

    private void draw() {
        if (shown == null) {
            return;
        }
        var protocol = protocols.bySha256(shown.protocolSha256()).protocol();
        var names = new DimensionNames(protocol, getLocale());
        var chosen = shown.strata().stream()
                .filter(candidate -> candidate.name().equals(stratum.value()))
                .findFirst()
                .orElseThrow();
        head.says(getTranslation(
                "agreement.sub", Figures.count(shown.labels()), shown.protocol(), Figures.moment(shown.at())));
        count.removeAll();
        count.add(chip(getTranslation("agreement.count", Figures.count(chosen.labels())), "line"));
        headline.removeAll();
        headline.add(new AgreementHeadline(chosen, names));
        strata.show(beside(shown.strata(), names));
        coefficients.removeAll();
        coefficients.add(table(chosen, names));
        reasons(chosen).forEach(reason -> {
            var why = foot(getTranslation("agreement.why", reason));
            why.getStyle().set("padding", "0 16px 12px");
            coefficients.add(why);
        });
    }

    private DotWhisker.Data beside(List<Stratum> both, DimensionNames names) {
        var rows = new ArrayList<DotWhisker.Row>();
        var dimensions = both.getFirst().dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            var estimates = new ArrayList<DotWhisker.Estimate>();
            for (var each : both) {
                boolean uniform = each.name().equals("uniform");
                var tone = uniform ? tone(dimensions.get(i), i) : Tone.BASELINE;
                estimates.add(estimate(
                        getTranslation("stratum." + each.name()),
                        reading(each.dimensions().get(i)).alpha(),
                        tone));
            }
            rows.add(new DotWhisker.Row(shortName(names.of(dimensions.get(i).dimension())), null, estimates));
        }
        return new DotWhisker.Data(getTranslation("agreement.strata"), NumberStyle.DECIMAL, -1.0, 1.0, rows);
    }

    private DotWhisker.Estimate estimate(String name, Figure alpha, Tone tone) {
        var value = alpha.value();
        var text = value == null
                ? getTranslation("agreement.undefined")
                : Figures.coefficient(value) + " " + name.toLowerCase(getLocale());
        return new DotWhisker.Estimate(name, tone, value, alpha.low(), alpha.high(), text);
    }

    private FigureTable table(Stratum chosen, DimensionNames names) {
        var table = new FigureTable(
                Column.words(getTranslation("agreement.dimension")),
                Column.words(getTranslation("agreement.answers")),
                Column.figures(getTranslation("agreement.alpha")),
                Column.figures(getTranslation("chart.interval")),
                Column.figures(getTranslation("agreement.gwet")),
                Column.figures(getTranslation("agreement.percent")),
                Column.figures(getTranslation("agreement.pairable")));
        for (var dimension : chosen.dimensions()) {
            var ratings = dimension.ratings();
            if (ratings != null) {
                row(table, names.of(dimension.dimension()), "agreement.kind.ratings", ratings);
            }
            row(table, names.of(dimension.dimension()), "agreement.kind.verdicts", dimension.verdicts());
        }
        return table;
    }

    private static List<String> reasons(Stratum chosen) {
        return chosen.dimensions().stream()
                .flatMap(dimension -> Stream.of(dimension.ratings(), dimension.verdicts()))
                .filter(Objects::nonNull)
                .map(reading -> reading.alpha().reason())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void row(FigureTable table, String name, String kind, Reading reading) {
        var alpha = reading.alpha();
        table.row(
                name,
                getTranslation(kind),
                written(alpha.value()),
                alpha.value() == null ? "–" : interval(alpha),
                written(reading.gwet().value()),
                reading.percent().value() == null
                        ? getTranslation("agreement.undefined")
                        : Figures.percent(reading.percent().value()),
                Figures.count(reading.pairable()));
    }

    private String written(@Nullable Double value) {
        return value == null ? getTranslation("agreement.undefined") : Figures.coefficient(value);
    }

    private String interval(Figure figure) {
        var low = figure.low();
        var high = figure.high();
        return low == null || high == null
                ? getTranslation("agreement.nointerval")
                : Figures.interval(Figures.coefficient(low), Figures.coefficient(high));
    }

    private static Reading reading(DimensionAgreement dimension) {
        var ratings = dimension.ratings();
        return ratings != null ? ratings : dimension.verdicts();
    }

    private static Tone tone(DimensionAgreement dimension, int index) {
        return dimension.dimension().equals(Protocol.OVERALL) ? Tone.OVERALL : Tone.dimension(index);
    }

    /** The part before the ampersand: enough beside a chart. */
    private static String shortName(String name) {
        int ampersand = name.indexOf(" & ");
        return ampersand > 0 ? name.substring(0, ampersand) : name;
    }
}
