package org.diptych.simulation;

/**
 * How many labels a simulation may still make. A place is taken before the work and given back when no label came of it,
 * so that exactly the wanted number is acknowledged, whoever makes them.
 */
public final class LabelBudget {
    private long free;
    private long inWork;

    /** A budget of this many labels. */
    public LabelBudget(long labels) {
        this.free = labels;
    }

    /** Takes a place, waiting while those in work may still come back; false when every label is made. */
    public synchronized boolean take() throws InterruptedException {
        while (free == 0 && inWork > 0) {
            wait();
        }
        if (free == 0) {
            return false;
        }
        free--;
        inWork++;
        return true;
    }

    /** The place taken has become a label. */
    public synchronized void spent() {
        inWork--;
        notifyAll();
    }

    /** The place taken has not become a label. */
    public synchronized void returned() {
        inWork--;
        free++;
        notifyAll();
    }
}
