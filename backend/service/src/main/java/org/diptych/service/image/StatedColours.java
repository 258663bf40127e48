package org.diptych.service.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;

/** What a picture file says its numbers mean. */
sealed interface StatedColours {
    /** The numbers are sRGB: the file says so, or says nothing that anybody heeds. */
    record Srgb() implements StatedColours {}

    /** The numbers are those of another colour space. */
    record Profiled(ICC_Profile profile) implements StatedColours {}

    /** The numbers are amounts of four inks, which the decoder itself turns into colours. */
    record Inks() implements StatedColours {}

    StatedColours SRGB = new Srgb();

    /**
     * What an embedded ICC profile says. One that is damaged or of another kind of picture says nothing, as in browsers.
     *
     * @param grey whether the picture has grey levels
     */
    static StatedColours ofProfile(byte[] content, boolean grey) {
        try {
            var profile = ICC_Profile.getInstance(content);
            int space = profile.getColorSpaceType();
            boolean fits = space == ColorSpace.TYPE_RGB || (grey && space == ColorSpace.TYPE_GRAY);
            return fits ? of(profile) : SRGB;
        } catch (IllegalArgumentException | CMMException e) {
            return SRGB;
        }
    }

    /** A colour space that is given by its primaries and its curve; one that spans no colours says nothing. */
    static StatedColours of(MatrixProfile.Primaries primaries, MatrixProfile.Curve curve) {
        try {
            return of(MatrixProfile.of(primaries, curve));
        } catch (IllegalArgumentException | CMMException e) {
            return SRGB;
        }
    }

    /** A profile that turns no colour by more than one level is sRGB: pixels need not be touched. */
    private static StatedColours of(ICC_Profile profile) {
        return ProfileConversion.of(profile).isIdentity() ? SRGB : new Profiled(profile);
    }
}
