package org.diptych.ui.chart;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import org.diptych.ui.shell.BrowserCode;
import org.jspecify.annotations.Nullable;

/** An estimate with its interval, small enough for a line of text. */
@Tag("mini-interval")
public class MiniInterval extends Component {
    /**
     * Draws an estimate.
     *
     * @param value estimate
     * @param low lower end of the 95 % interval, or null
     * @param high upper end of the 95 % interval, or null
     * @param from left end of the scale
     * @param to right end of the scale
     * @param tone what it is
     * @param label the same in words
     */
    public MiniInterval(
            double value,
            @Nullable Double low,
            @Nullable Double high,
            double from,
            double to,
            Tone tone,
            String label) {
        getElement()
                .setProperty("value", value)
                .setProperty("from", from)
                .setProperty("to", to)
                .setProperty("tone", tone.token())
                .setProperty("label", label);
        if (low != null && high != null) {
            getElement().setProperty("low", low).setProperty("high", high);
        }
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        BrowserCode.CHARTS.on(attached);
    }

    /** Sets the length in pixels. */
    public MiniInterval length(int pixels) {
        getElement().setProperty("length", pixels);
        return this;
    }
}
