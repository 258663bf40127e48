package org.diptych.ui.shell;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Image;
import java.util.UUID;
import org.diptych.service.assignment.AssignmentView.Picture;

/** A pair's pictures, small. */
public final class PairThumbnails {
    private PairThumbnails() {}

    /** First edit, source, second edit; a link to the pair. */
    public static Anchor of(UUID campaign, UUID pair, String item, Picture first, Picture source, Picture second) {
        var link = new Anchor("campaigns/" + campaign + "/pairs/" + pair, image(first), image(source), image(second));
        link.addClassNames("thumbs");
        link.getElement().setAttribute("aria-label", translate("pair.open", item));
        return link;
    }

    private static Image image(Picture picture) {
        var image = new Image(picture.thumbnail(), "");
        image.getElement().setAttribute("loading", "lazy").setAttribute("width", "44");
        return image;
    }
}
