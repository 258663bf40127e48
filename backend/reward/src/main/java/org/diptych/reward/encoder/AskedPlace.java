package org.diptych.reward.encoder;

import java.util.regex.Pattern;

/**
 * The part of the image that an instruction names, as a box in relative coordinates; the whole image if it names none.
 *
 * @param left, right, top, bottom edges, 0..1
 */
record AskedPlace(double left, double right, double top, double bottom) {

    static final AskedPlace ANYWHERE = new AskedPlace(0, 1, 0, 1);

    private static final Pattern HALF = Pattern.compile("\\bhalf\\b");
    private static final Pattern LEFT = Pattern.compile("\\bleft\\b");
    private static final Pattern RIGHT = Pattern.compile("\\bright\\b");
    private static final Pattern TOP = Pattern.compile("\\b(top|upper|above|sky|ceiling)\\b");
    private static final Pattern BOTTOM = Pattern.compile("\\b(bottom|lower|below|ground|floor)\\b");
    private static final Pattern CENTRE = Pattern.compile("\\b(middle|cent(er|re|ral)|central)\\b");
    private static final Pattern GOAL = Pattern.compile("\\b(move|shift)\\b.*\\b(to|towards|into)\\b(.*)");

    /** Reads an instruction in lower case. */
    static AskedPlace of(String text) {
        var goal = GOAL.matcher(text);
        String words = goal.find() ? goal.group(3) : text;
        double edge = HALF.matcher(words).find() ? 0.5 : 0.38;
        boolean left = LEFT.matcher(words).find();
        boolean right = RIGHT.matcher(words).find();
        boolean top = TOP.matcher(words).find();
        boolean bottom = BOTTOM.matcher(words).find();
        if (!left && !right && !top && !bottom) {
            return CENTRE.matcher(words).find() ? new AskedPlace(0.3, 0.7, 0.3, 0.7) : ANYWHERE;
        }
        return new AskedPlace(
                right && !left ? 1 - edge : 0,
                left && !right ? edge : 1,
                bottom && !top ? 1 - edge : 0,
                top && !bottom ? edge : 1);
    }

    boolean isAnywhere() {
        return equals(ANYWHERE);
    }

    /** The cells of a square map that lie in it. */
    boolean[] cells(int side) {
        boolean[] cells = new boolean[side * side];
        for (int i = 0; i < cells.length; i++) {
            int row = i / side;
            double x = (i % side + 0.5) / side;
            double y = (row + 0.5) / side;
            cells[i] = x >= left && x <= right && y >= top && y <= bottom;
        }
        return cells;
    }

    /** Distance of a point from the middle of the box along the directions that are named. */
    double distance(double x, double y) {
        double dx = right - left < 1 ? x - (left + right) / 2 : 0;
        double dy = bottom - top < 1 ? y - (top + bottom) / 2 : 0;
        return Math.hypot(dx, dy);
    }
}
