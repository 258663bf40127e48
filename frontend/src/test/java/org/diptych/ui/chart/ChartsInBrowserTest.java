package org.diptych.ui.chart;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.diptych.browser.Accessibility;
import org.diptych.browser.Chromium;
import org.diptych.ui.chart.LineBandChart.Axis;
import org.diptych.ui.chart.LineBandChart.Point;
import org.diptych.ui.chart.LineBandChart.Series;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What the charts draw of the data that the pages give them, in a real browser. */
@NullUnmarked
class ChartsInBrowserTest {
    private static final Path BUNDLES = Path.of("target/classes/META-INF/resources/wc");
    private static final JsonMapper JSON = new JsonMapper();

    private Page page;

    @BeforeEach
    void open() {
        page = Chromium.shared().page();
        page.setContent("<html lang=en><title>Charts</title><main><h1>Charts</h1><div></div></main></html>");
        page.addStyleTag(new Page.AddStyleTagOptions().setPath(BUNDLES.resolve("tokens.css")));
        page.addStyleTag(new Page.AddStyleTagOptions()
                .setContent("body{background:var(--surface);color:var(--text);width:600px}"));
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setPath(BUNDLES.resolve("charts.js"))
                .setType("module"));
    }

    @AfterEach
    void close() {
        page.context().close();
    }

    private void draw(String element, Object data) {
        draw(element, data, "en");
    }

    private void draw(String element, Object data, String language) {
        var texts = Map.of(
                "language", language,
                "viewTable", "View as table",
                "viewChart", "View as chart",
                "category", "Category",
                "series", "Series",
                "estimate", "Estimate",
                "interval", "95% interval",
                "few", "Too few",
                "download", "Download as");
        page.evaluate(
                "([name, data, texts]) => { const place = document.querySelector('div');"
                        + " const chart = place.querySelector(name) ?? place.appendChild(document.createElement(name));"
                        + " Object.assign(chart, JSON.parse(data), { texts }); }",
                List.of(element, JSON.writeValueAsString(Map.of("data", data)), texts));
        page.locator(element + " svg, " + element + " table").first().waitFor();
    }

    private static LineBandChart.Data line(Axis x, Axis y, boolean marks, double[]... points) {
        var places = new ArrayList<Point>();
        for (var point : points) {
            places.add(
                    point.length == 2
                            ? new Point(point[0], point[1], null, null, null)
                            : new Point(point[0], point[1], point[2], point[3], null));
        }
        return new LineBandChart.Data(
                "Alpha rose", x, y, List.of(new Series("Model", Tone.FIRST, false, marks, places)), List.of());
    }

    private static LineBandChart.Data versions(int count) {
        return line(
                new Axis("Version", NumberStyle.INTEGER, null, null),
                new Axis("Accuracy", NumberStyle.PERCENT, 0.0, 1.0),
                true,
                IntStream.rangeClosed(1, count)
                        .mapToObj(version -> new double[] {version, 0.7, 0.6, 0.8})
                        .toArray(double[][]::new));
    }

    private static DotWhisker.Data strata(Double value) {
        var estimate = new DotWhisker.Estimate(
                "Uniform", Tone.FIRST, value, value == null ? null : value - 0.1, value, "0.69 uniform");
        return new DotWhisker.Data(
                "Alpha is 0.69",
                NumberStyle.DECIMAL,
                -1.0,
                1.0,
                List.of(new DotWhisker.Row("Quality", "30 pairs", List.of(estimate))));
    }

    private static CalibrationPlot.Data bins(int count) {
        return new CalibrationPlot.Data(
                "Probabilities hold",
                "Predicted",
                "Observed",
                "Answers",
                IntStream.range(0, count)
                        .mapToObj(bin -> CalibrationPlot.Bin.of((bin + 0.5) / count, (bin + 0.5) / count, 20))
                        .toList());
    }

    private List<String> texts(String selector) {
        return page.locator(selector).allTextContents();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void a_chart_says_what_it_shows_and_has_its_figures_as_a_table_by_keyboard(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        draw("line-band-chart", versions(6));
        draw("dot-whisker", strata(0.69));
        draw("calibration-plot", bins(8));

        assertThat(page.locator("line-band-chart svg")).hasAttribute("aria-label", "Alpha rose");
        assertThat(page.locator("dot-whisker svg")).hasAttribute("aria-label", "Alpha is 0.69");
        assertThat(page.locator("line-band-chart .dot")).hasCount(6);
        assertThat(page.locator("line-band-chart .whisker")).hasCount(6);
        assertThat(page.locator("calibration-plot rect")).hasCount(8);
        assertThat(Accessibility.violations(page)).isEmpty();

        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("line-band-chart svg")).hasCount(0);
        assertThat(page.locator("line-band-chart tbody tr")).hasCount(6);
        assertThat(page.locator("line-band-chart tbody tr").first())
                .hasText(java.util.regex.Pattern.compile("Model\\s*1\\s*70%\\s*60% – 80%"));
        assertThat(Accessibility.violations(page)).isEmpty();

        page.keyboard().press("Enter");
        assertThat(page.locator("line-band-chart svg")).hasCount(1);
    }

    @Test
    void fewer_than_five_points_are_said_and_written_not_drawn() {
        draw("line-band-chart", versions(4));
        draw("calibration-plot", bins(4));

        assertThat(page.locator("svg")).hasCount(0);
        assertThat(page.getByText("Too few")).hasCount(2);
        assertThat(page.locator("line-band-chart tbody tr")).hasCount(4);

        draw("line-band-chart", versions(5));
        assertThat(page.locator("line-band-chart svg")).hasCount(1);
    }

    @Test
    void where_no_estimate_is_defined_there_is_no_empty_plot() {
        draw("dot-whisker", strata(null));

        assertThat(page.locator("svg")).hasCount(0);
        assertThat(page.locator("tbody tr")).hasCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200, INTEGER, 0.000, 0.001, DECIMAL, 600",
        "1, 5, INTEGER, 0.70, 0.72, PERCENT, 600",
        "1, 5, INTEGER, 0, 1, INTEGER, 600",
        "20000, 20004, DATE, 260, 270, INTEGER, 600",
        "20000, 20700, DATE, 0, 0, INTEGER, 300",
        "0, 4, INTEGER, -0.9, 0.9, DECIMAL, 220"
    })
    void an_axis_has_three_ticks_at_least_and_none_twice(
            double from, double to, NumberStyle across, double low, double high, NumberStyle up, int width) {
        page.addStyleTag(new Page.AddStyleTagOptions().setContent("main{width:" + width + "px}"));
        var points = IntStream.range(0, 5)
                .mapToObj(at -> new double[] {Math.round(from + (to - from) * at / 4), low + (high - low) * at / 4})
                .toArray(double[][]::new);

        draw("line-band-chart", line(new Axis("x", across, null, null), new Axis("y", up, null, null), false, points));

        assertThat(texts(".tick[text-anchor=end]"))
                .hasSizeGreaterThanOrEqualTo(3)
                .doesNotHaveDuplicates();
        assertThat(texts(".tick[text-anchor=middle]"))
                .hasSizeGreaterThanOrEqualTo(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void an_interval_on_its_row_has_an_axis_of_three_ticks_too() {
        page.addStyleTag(new Page.AddStyleTagOptions().setContent("main{width:260px}"));
        draw("dot-whisker", strata(0.69));

        assertThat(texts(".tick")).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"en, 24 Nov|Nov 24", "zh, 11月24日"})
    void months_are_named_in_the_language_of_the_account(String language, String written) {
        double day = LocalDate.of(2026, 11, 22).toEpochDay();
        draw(
                "line-band-chart",
                line(
                        new Axis("Day", NumberStyle.DATE, null, null),
                        new Axis("Judgements", NumberStyle.INTEGER, 0.0, null),
                        false,
                        IntStream.range(0, 5)
                                .mapToObj(at -> new double[] {day + at, 10 + at})
                                .toArray(double[][]::new)),
                language);

        assertThat(texts(".tick[text-anchor=middle]")).anyMatch(text -> text.matches(written));
    }

    @Test
    void the_scale_of_a_live_chart_does_not_shrink() {
        draw("line-band-chart", versions(6));
        var before = texts(".tick[text-anchor=end]");
        var x = new Axis("Version", NumberStyle.INTEGER, null, null);
        var y = new Axis("Accuracy", NumberStyle.PERCENT, 0.0, 1.0);
        for (int time = 0; time < 3; time++) {
            draw("line-band-chart", line(x, y, true, new double[][] {{1, 0.7}, {2, 0.7}, {3, 0.71}, {4, 0.7}, {5, 0.7}
            }));
        }

        assertThat(page.locator(".dot")).hasCount(5);
        assertThat(texts(".tick[text-anchor=end]")).isEqualTo(before);
    }

    @Test
    void colours_are_the_tokens_and_the_readers_own_where_they_are_forced() {
        draw("line-band-chart", versions(6));
        var dot = page.locator(".dot").first();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(dot).hasCSS("fill", "rgb(0, 105, 92)");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(dot).hasCSS("fill", "rgb(79, 214, 193)");

        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));

        var ink = (String)
                page.evaluate("() => { const probe = document.createElement('i'); probe.style.color = 'CanvasText';"
                        + " return getComputedStyle(document.body.appendChild(probe)).color; }");
        assertThat(dot).hasCSS("fill", ink);
    }

    @Test
    void the_weeks_of_a_quarter_are_not_written_over_one_another() {
        draw(
                "line-band-chart",
                line(
                        new Axis("Week", NumberStyle.DATE, null, null),
                        new Axis("Alpha", NumberStyle.DECIMAL, -1.0, 1.0),
                        false,
                        IntStream.range(0, 12)
                                .mapToObj(week -> new double[] {20_700 + 7 * week, 0.6})
                                .toArray(double[][]::new)));

        double end = Double.NEGATIVE_INFINITY;
        for (var tick : page.locator(".tick[text-anchor=middle]").all()) {
            assertThat(tick.boundingBox().x).as(tick.textContent()).isGreaterThan(end);
            end = tick.boundingBox().x + tick.boundingBox().width;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everything_against_everything_leaves_blank_what_is_not_known_and_tells_what_is_chosen(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        var names = List.of("Ann", "Bob", "Cal");
        var edges = List.of(0.5, 0.55, 0.6, 0.65, 0.7, 0.75);
        draw(
                "heat-matrix",
                new HeatMatrix.Data(
                        "Ann and Bob agree",
                        names,
                        names,
                        edges,
                        true,
                        "Show their pairs",
                        List.of(
                                new HeatMatrix.Cell(0, 1, 0.8, "0.80", "Ann and Bob: 0.80", 0.7, 0.9, 40.0, false),
                                new HeatMatrix.Cell(1, 0, 0.4, "0.40", "Bob and Ann: 0.40", 0.3, 0.5, 40.0, true))));
        page.evaluate("document.addEventListener('cell-chosen', event => (window.chosen = event.detail))");

        assertThat(page.locator("td.self")).hasCount(3);
        assertThat(page.locator("td.blank")).hasCount(4);
        assertThat(page.locator("td.marked")).hasCount(1);
        page.getByLabel("Ann and Bob: 0.80. Show their pairs").press("Enter");
        assertThat(page.evaluate("window.chosen.column")).isEqualTo(1);
        assertThat(Accessibility.violations(page)).isEmpty();
    }

    @Test
    void counts_stand_on_zero() {
        draw(
                "bar-chart",
                new BarChart.Data(
                        "Most pairs agree",
                        "Share",
                        "Pairs",
                        List.of(new BarChart.Bar("0%", 0), new BarChart.Bar("50%", 3), new BarChart.Bar("100%", 6))));

        var heights = page.locator("rect").all().stream()
                .map(bar -> Double.valueOf(bar.getAttribute("height")))
                .toList();
        assertThat(heights.getFirst()).isZero();
        assertThat(heights.get(2)).isEqualTo(2 * heights.get(1));
    }

    @Test
    void figures_are_had_as_values_in_which_no_name_starts_a_formula() throws Exception {
        var estimate = new DotWhisker.Estimate("Uniform", Tone.FIRST, -0.25, -0.5, 0.125, "a \"quarter\"");
        draw(
                "dot-whisker",
                new DotWhisker.Data(
                        "Alpha",
                        NumberStyle.DECIMAL,
                        -1.0,
                        1.0,
                        List.of(new DotWhisker.Row("=1+1", "30 \"pairs\", all", List.of(estimate)))));

        var file = page.waitForDownload(() -> page.getByLabel("Download as CSV").click());

        assertThat(file.suggestedFilename()).isEqualTo("alpha.csv");
        assertThat(Files.readString(file.path()))
                .isEqualTo("category,series,estimate,low,high,note\r\n"
                        + "'=1+1,Uniform,-0.25,-0.5,0.125,\"30 \"\"pairs\"\", all\"\r\n");
        var drawing =
                page.waitForDownload(() -> page.getByLabel("Download as SVG").click());
        assertThat(Files.readString(drawing.path())).startsWith("<svg").contains("=1+1", "rgb(");
    }

    @Test
    void no_text_leaves_the_drawing_however_narrow_it_is() {
        page.addStyleTag(new Page.AddStyleTagOptions().setContent("main{width:420px}"));
        draw("line-band-chart", versions(30));
        draw("dot-whisker", strata(0.69));

        for (var chart : List.of("line-band-chart", "dot-whisker")) {
            var outer = page.locator(chart).boundingBox();
            for (var text : page.locator(chart + " svg text").all()) {
                assertThat(text.boundingBox().x + text.boundingBox().width)
                        .as(text.textContent())
                        .isLessThanOrEqualTo(outer.x + outer.width + 1);
            }
        }
    }
}
