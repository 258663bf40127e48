package org.diptych.home;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.Route;

/** The landing page. */
@Route("")
class HomeView extends VerticalLayout {
    HomeView() {
        add(new H1("Diptych"));
    }
}
