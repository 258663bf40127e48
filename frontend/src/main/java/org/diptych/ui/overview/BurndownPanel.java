package org.diptych.ui.overview;

import static org.diptych.ui.shell.Parts.box;
import static org.diptych.ui.shell.Parts.text;

import com.vaadin.flow.component.html.Div;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.diptych.service.health.CampaignHealth;
import org.diptych.ui.chart.LineBandChart;
import org.diptych.ui.chart.NumberStyle;
import org.diptych.ui.chart.Tone;
import org.diptych.ui.shell.Panel;

/** What is left to judge: day by day until now, and on to the end as a band. */
class BurndownPanel extends Div {
    private static final int HEIGHT = 210;

    private final LineBandChart chart = new LineBandChart(HEIGHT);
    private final Div none = box("empty", text(getTranslation("burndown.none"), "muted", "s"));
    private final Div finish = new Div();

    BurndownPanel() {
        addClassName("gap");
        finish.addClassNames("muted", "s");
        add(new Panel(getTranslation("burndown.title"))
                .end(finish)
                .says(getTranslation("burndown.help"))
                .body(chart, none));
        chart.setVisible(false);
    }

    void show(CampaignHealth health) {
        var past = past(health);
        boolean drawn = past.size() > 1;
        chart.setVisible(drawn);
        none.setVisible(!drawn);
        boolean done = health.wanted() > 0 && health.filled() >= health.wanted();
        finish.setText(done ? getTranslation("forecast.done") : HealthCells.finish(health));
        if (!drawn) {
            return;
        }
        var series = new ArrayList<>(
                List.of(new LineBandChart.Series(getTranslation("burndown.past"), Tone.FIRST, false, false, past)));
        var forecast = health.forecast();
        if (forecast != null) {
            var coming = new ArrayList<>(List.of(past.getLast()));
            forecast.path().stream()
                    .filter(left -> left.day().toEpochDay() > past.getLast().x())
                    .map(left -> point(left.day(), left.median(), left.low(), left.high()))
                    .forEach(coming::add);
            series.add(new LineBandChart.Series(getTranslation("burndown.forecast"), Tone.SECOND, true, false, coming));
        }
        chart.show(new LineBandChart.Data(
                finish.getText(),
                new LineBandChart.Axis(getTranslation("overview.days.x"), NumberStyle.DATE, null, null),
                new LineBandChart.Axis(getTranslation("burndown.title"), NumberStyle.INTEGER, 0.0, null),
                series,
                List.of()));
    }

    /** Backwards from what is left now: what was judged on a day was left before it. */
    private static List<LineBandChart.Point> past(CampaignHealth health) {
        var points = new ArrayList<LineBandChart.Point>();
        var today = LocalDate.ofInstant(health.at(), ZoneOffset.UTC);
        double left = (double) health.leased() + health.open();
        double share = health.labels() == 0 ? 0 : (double) health.filled() / health.labels();
        var days = health.days();
        if (days.isEmpty() || !days.getLast().date().equals(today)) {
            points.add(point(today, left, left, left));
        }
        for (var day : days.reversed()) {
            points.add(point(day.date(), left, left, left));
            left += day.labels() * share;
        }
        return points.reversed();
    }

    private static LineBandChart.Point point(LocalDate day, double left, double low, double high) {
        return new LineBandChart.Point(
                day.toEpochDay(),
                Math.round(left),
                (double) Math.round(low),
                (double) Math.round(high),
                day.toString());
    }
}
