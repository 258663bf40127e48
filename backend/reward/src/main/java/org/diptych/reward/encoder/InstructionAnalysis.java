package org.diptych.reward.encoder;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An instruction read in three ways.
 *
 * @param request by its words
 * @param meaning as directions on the axes, by similarity to the concepts' sentences
 * @param embedding projected sentence embedding
 */
record InstructionAnalysis(Request request, double[] meaning, float[] embedding) {

    /** Length of the projected embedding. */
    static final int DIMENSION = 16;

    /** Reads instructions; keeps the last ones, since the candidates of an item share theirs. */
    static final class Reader {

        private static final int KEPT = 1024;
        private static final double TEMPERATURE = 0.06;

        private final SentenceEncoder encoder;
        private final float[][] concepts;
        private final RandomProjection projection =
                new RandomProjection(SentenceEncoder.DIMENSION, DIMENSION, 20_260_101);
        private final Map<String, InstructionAnalysis> known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, InstructionAnalysis> eldest) {
                return size() > KEPT;
            }
        };

        Reader(SentenceEncoder encoder) {
            this.encoder = encoder;
            concepts = EditConcept.ALL.stream()
                    .map(concept -> encoder.embed(concept.sentence()))
                    .toArray(float[][]::new);
        }

        InstructionAnalysis read(String instruction) {
            synchronized (known) {
                var found = known.get(instruction);
                if (found == null) {
                    float[] embedding = encoder.embed(instruction);
                    found = new InstructionAnalysis(
                            Request.of(instruction), meaning(embedding), projection.apply(embedding));
                    known.put(instruction, found);
                }
                return found;
            }
        }

        /** The concepts' directions, weighted by a softmax over cosine similarities. */
        private double[] meaning(float[] embedding) {
            double[] weights = new double[concepts.length];
            double total = 0;
            for (int c = 0; c < concepts.length; c++) {
                double cosine = 0;
                for (int i = 0; i < embedding.length; i++) {
                    cosine += embedding[i] * concepts[c][i];
                }
                weights[c] = Math.exp((cosine - 1) / TEMPERATURE);
                total += weights[c];
            }
            double[] directions = new double[Axis.ALL.length];
            for (int c = 0; c < weights.length; c++) {
                double weight = weights[c] / total;
                EditConcept.ALL
                        .get(c)
                        .directions()
                        .forEach((axis, direction) -> directions[axis.ordinal()] += weight * direction);
            }
            return directions;
        }
    }
}
