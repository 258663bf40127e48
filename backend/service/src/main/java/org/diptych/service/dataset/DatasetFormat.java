package org.diptych.service.dataset;

/** One way to write a dataset into an archive. */
interface DatasetFormat {
    /**
     * Writes its files.
     *
     * @return how many labelled tasks have no row
     */
    long write(Dataset data, Archive archive);
}
