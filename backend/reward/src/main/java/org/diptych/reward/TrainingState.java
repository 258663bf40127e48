package org.diptych.reward;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a training run stands, in a form that outlives its process. Generators of random numbers need no place here: every phase draws
 * from one of its own, seeded by the run's seed.
 *
 * @param fingerprint of everything that the run was given; a state of another run is of no use
 * @param search what the search for priors has found, or has found so far
 * @param start how the final fit starts; null while priors are searched
 * @param fit where the running fit stands
 */
record TrainingState(
        String fingerprint,
        PriorSearch.Result search,
        @Nullable StartChoice start,
        FitState fit) {

    private static final JsonMapper JSON = new JsonMapper();

    private record Head(
            String fingerprint,
            PriorSearch.Result search,
            @Nullable StartChoice start,
            int step) {}

    /** Whether the search for priors is over. */
    boolean fitting() {
        return start != null;
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(bytes)) {
            byte[] head = JSON.writeValueAsBytes(new Head(fingerprint, search, start, fit.step()));
            output.writeInt(head.length);
            output.write(head);
            output.writeInt(fit.arrays().size());
            for (float[] array : fit.arrays()) {
                output.writeInt(array.length);
                var buffer = ByteBuffer.allocate(Float.BYTES * array.length);
                buffer.asFloatBuffer().put(array);
                output.write(buffer.array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #encode} wrote. */
    static TrainingState decode(byte[] bytes) throws IOException {
        try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var head = JSON.readValue(input.readNBytes(input.readInt()), Head.class);
            int count = input.readInt();
            var arrays = new ArrayList<float[]>(count);
            for (int i = 0; i < count; i++) {
                float[] array = new float[input.readInt()];
                ByteBuffer.wrap(input.readNBytes(Float.BYTES * array.length))
                        .asFloatBuffer()
                        .get(array);
                arrays.add(array);
            }
            return new TrainingState(
                    head.fingerprint(), head.search(), head.start(), new FitState(head.step(), arrays));
        }
    }
}
