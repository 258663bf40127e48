package org.diptych.service.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.service.label.AnswerJson;

/** What one label says, as small numbers. There are few different ones in a campaign, so each is kept once. */
final class AnswerCode {
    static final byte NONE = -1;
    static final int FIRST = 0;
    static final int SECOND = 3;

    /** The order in which verdicts are shown. */
    static final List<Verdict> VERDICTS = List.of(Verdict.FIRST, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SECOND);

    /** The order of comparative answers. */
    static final List<Comparison> WORDS = List.of(Comparison.values());

    private final int version;
    private final byte[] verdicts;
    private final byte[] words;
    private final byte[] first;
    private final byte[] second;

    private AnswerCode(int version, int dimensions) {
        this.version = version;
        this.verdicts = none(dimensions + 1);
        this.words = none(dimensions);
        this.first = none(dimensions);
        this.second = none(dimensions);
    }

    static AnswerCode of(int version, Protocol protocol, String answers, String verdicts) {
        return of(version, protocol, AnswerJson.fromStored(answers), AnswerJson.verdictsFromStored(verdicts));
    }

    private static AnswerCode of(
            int version, Protocol protocol, Map<String, Answer> answers, Map<String, Verdict> said) {
        var code = new AnswerCode(version, protocol.dimensions().size());
        var columns = Scale.columns(protocol);
        for (var column = 0; column < columns.size(); column++) {
            var verdict = said.get(columns.get(column));
            if (verdict != null) {
                code.verdicts[column] = (byte) VERDICTS.indexOf(verdict);
            }
            switch (answers.get(columns.get(column))) {
                case RatingPair ratings -> {
                    code.first[column] = (byte) ratings.first();
                    code.second[column] = (byte) ratings.second();
                }
                case Comparison comparison -> code.words[column] = (byte) WORDS.indexOf(comparison);
                case null -> {}
            }
        }
        return code;
    }

    private static byte[] none(int length) {
        var codes = new byte[length];
        Arrays.fill(codes, NONE);
        return codes;
    }

    /** Number of the protocol version among the campaign's. */
    int version() {
        return version;
    }

    /** Of a column (the dimensions, then overall) a place in {@link #VERDICTS}, or {@link #NONE}. */
    int verdict(int column) {
        return verdicts[column];
    }

    /** Of a dimension the comparative answer as a place in {@link #WORDS}, or {@link #NONE}. */
    int word(int dimension) {
        return words[dimension];
    }

    /** Of a dimension the rating of the first image (0) or of the second (1), or {@link #NONE}. */
    int rating(int dimension, int image) {
        return image == 0 ? first[dimension] : second[dimension];
    }

    /** Whether the verdict prefers one of the two images. */
    boolean decides(int column) {
        return verdicts[column] == FIRST || verdicts[column] == SECOND;
    }
}
