package org.diptych.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;

/** A short table of figures. Long tables are grids, which load row by row. */
public class FigureTable extends Div {
    private final NativeTable table = new NativeTable();
    private final List<Column> columns;

    /** A table with the given columns and no rows. */
    public FigureTable(Column... columns) {
        this.columns = List.of(columns);
        addClassName("scroll");
        // wider than a narrow window, and then scrolled by keyboard too
        getElement().setAttribute("tabindex", "0");
        table.addClassNames("figures", "num");
        var head = new NativeTableRow();
        for (var column : columns) {
            var cell = new NativeTableHeaderCell(column.name());
            cell.getElement().setAttribute("scope", "col");
            align(cell, column);
            head.add(cell);
        }
        table.getHead().add(head);
        add(table);
    }

    /** Adds a row; text and components, one for each column. */
    public FigureTable row(Object... cells) {
        var row = new NativeTableRow();
        for (int i = 0; i < columns.size(); i++) {
            var cell = new NativeTableCell();
            cell.add(cells[i] instanceof Component component ? component : new Text(cells[i].toString()));
            align(cell, columns.get(i));
            row.add(cell);
        }
        table.getBody().add(row);
        return this;
    }

    private static void align(Component cell, Column column) {
        if (column.right()) {
            cell.addClassName("r");
        }
    }

    /**
     * A column.
     *
     * @param name its heading
     * @param right whether its figures stand at the right
     */
    public record Column(String name, boolean right) {
        /** A column of words. */
        public static Column words(String name) {
            return new Column(name, false);
        }

        /** A column of figures. */
        public static Column figures(String name) {
            return new Column(name, true);
        }
    }
}
