package org.diptych.service.image;

/**
 * A stored picture was looked at again, by the way from file to pixels of today. Told in the transaction that records it.
 *
 * @param sha256 digest of the stored original
 * @param changed whether its pixels are others than they were taken for: what was made of them is out of date
 */
public record PictureMeasured(String sha256, boolean changed) {}
