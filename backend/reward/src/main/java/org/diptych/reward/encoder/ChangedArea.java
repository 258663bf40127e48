package org.diptych.reward.encoder;

import java.util.ArrayDeque;

/**
 * The connected parts of a change map that stand out, the largest of them being the main region.
 *
 * @param share of the map that stands out
 * @param parts number of parts of at least three cells
 * @param specks number of parts of one to twelve cells
 * @param mainShare share of the map in the main region
 * @param fill share of its bounding box that the main region fills; 0 if there is none
 * @param x, y its centre, 0..1; 0.5 if there is none
 * @param width, height of its bounding box, 0..1
 * @param outside share of the changed cells outside of the main region
 * @param main the main region's cells
 * @param changed all cells that stand out
 */
record ChangedArea(
        double share,
        int parts,
        int specks,
        double mainShare,
        double fill,
        double x,
        double y,
        double width,
        double height,
        double outside,
        boolean[] main,
        boolean[] changed) {

    static ChangedArea of(float[] map, int side, double threshold) {
        int[] part = new int[map.length];
        int parts = 0;
        int specks = 0;
        int number = 0;
        int changed = 0;
        int largest = 0;
        int largestSize = 0;
        for (int i = 0; i < map.length; i++) {
            if (map[i] > threshold && part[i] == 0) {
                int size = fill(map, side, threshold, part, i, ++number);
                changed += size;
                if (size >= 3) {
                    parts++;
                }
                if (size <= 12) {
                    specks++;
                }
                if (size > largestSize) {
                    largest = number;
                    largestSize = size;
                }
            }
        }
        return measure(part, side, largest, largestSize, changed, parts, specks);
    }

    /** The share of the changed cells that lie within a region; 0 if nothing changed. */
    double shareWithin(boolean[] region) {
        int inside = 0;
        int all = 0;
        for (int i = 0; i < region.length; i++) {
            if (changed[i]) {
                all++;
                inside += region[i] ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) inside / all;
    }

    private static int fill(float[] map, int side, double threshold, int[] part, int start, int number) {
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        part[start] = number;
        int size = 0;
        while (!queue.isEmpty()) {
            int i = queue.poll();
            size++;
            int x = i % side;
            int[] neighbours = {x > 0 ? i - 1 : -1, x < side - 1 ? i + 1 : -1, i - side, i + side};
            for (int j : neighbours) {
                if (j >= 0 && j < map.length && part[j] == 0 && map[j] > threshold) {
                    part[j] = number;
                    queue.add(j);
                }
            }
        }
        return size;
    }

    private static ChangedArea measure(
            int[] part, int side, int largest, int size, int changed, int parts, int specks) {
        boolean[] main = new boolean[part.length];
        boolean[] all = new boolean[part.length];
        if (size == 0) {
            return new ChangedArea(0, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, main, main);
        }
        int minX = side;
        int maxX = 0;
        int minY = side;
        int maxY = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < part.length; i++) {
            all[i] = part[i] > 0;
            if (part[i] == largest) {
                main[i] = true;
                int x = i % side;
                int y = i / side;
                minX = Math.min(minX, x);
                maxX = Math.max(maxX, x);
                minY = Math.min(minY, y);
                maxY = Math.max(maxY, y);
                sumX += x + 0.5;
                sumY += y + 0.5;
            }
        }
        double width = (maxX - minX + 1.0) / side;
        double height = (maxY - minY + 1.0) / side;
        double mainShare = (double) size / part.length;
        return new ChangedArea(
                (double) changed / part.length,
                parts,
                specks,
                mainShare,
                mainShare / (width * height),
                sumX / size / side,
                sumY / size / side,
                width,
                height,
                1 - (double) size / changed,
                main,
                all);
    }
}
