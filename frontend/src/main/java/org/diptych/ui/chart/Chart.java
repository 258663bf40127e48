package org.diptych.ui.chart;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chart with a table behind it. Setting equal data again redraws nothing. */
abstract class Chart<D> extends Component implements HasStyle {
    private @Nullable D shown;

    @Override
    protected void onAttach(AttachEvent attached) {
        getElement()
                .setPropertyMap(
                        "texts",
                        Map.of(
                                "viewTable", getTranslation("chart.table"),
                                "viewChart", getTranslation("chart.chart"),
                                "interval", getTranslation("chart.interval"),
                                "series", getTranslation("chart.series")));
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
