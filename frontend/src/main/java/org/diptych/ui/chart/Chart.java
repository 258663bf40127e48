package org.diptych.ui.chart;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import java.util.Map;
import java.util.Objects;
import org.diptych.ui.shell.BrowserCode;
import org.jspecify.annotations.Nullable;

/** A chart with a table behind it. Setting equal data again redraws nothing. */
abstract class Chart<D> extends Component implements HasStyle {
    private final String tooLittle;
    private @Nullable D shown;

    /**
     * An empty chart.
     *
     * @param tooLittle key of the words for data that make no picture
     */
    Chart(String tooLittle) {
        this.tooLittle = tooLittle;
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        BrowserCode.CHARTS.on(attached);
        getElement()
                .setPropertyMap(
                        "texts",
                        Map.of(
                                "language", getLocale().toLanguageTag(),
                                "viewTable", getTranslation("chart.table"),
                                "viewChart", getTranslation("chart.chart"),
                                "category", getTranslation("chart.category"),
                                "series", getTranslation("chart.series"),
                                "estimate", getTranslation("chart.estimate"),
                                "interval", getTranslation("chart.interval"),
                                "download", getTranslation("chart.download"),
                                "few", getTranslation(tooLittle)));
    }

    /** Draws the data. */
    public void show(D data) {
        if (!Objects.equals(shown, data)) {
            shown = data;
            getElement().setPropertyBean("data", data);
        }
    }

    /** Sets the height in pixels. */
    public void setHeight(int pixels) {
        getElement().setAttribute("height", String.valueOf(pixels));
        getStyle().set("min-height", pixels + "px");
    }
}
