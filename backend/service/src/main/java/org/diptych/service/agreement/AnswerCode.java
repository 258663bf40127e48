package org.diptych.service.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diptych.protocol.Answer;
import org.diptych.protocol.Comparison;
import org.diptych.protocol.Dimension;
import org.diptych.protocol.Protocol;
import org.diptych.protocol.RatingPair;
import org.diptych.protocol.Verdict;
import org.diptych.service.label.AnswerJson;

/**
 * What one label says, as small numbers. There are few different ones in a campaign, so each is kept once.
 *
 * @param version number of the protocol version among the campaign's
 * @param verdicts per column (the dimensions, then overall) a place in {@link #VERDICTS}, or {@link #NONE}
 * @param words per dimension the comparative answer, or {@link #NONE}
 * @param first per dimension the rating of the first image, or {@link #NONE}
 * @param second per dimension the rating of the second image, or {@link #NONE}
 */
record AnswerCode(int version, byte[] verdicts, byte[] words, byte[] first, byte[] second) {
    static final byte NONE = -1;
    static final int FIRST = 0;
    static final int SECOND = 3;

    /** The order in which verdicts are shown. */
    static final List<Verdict> VERDICTS = List.of(Verdict.FIRST, Verdict.TIE, Verdict.BOTH_BAD, Verdict.SECOND);

    static AnswerCode of(int version, Protocol protocol, String answers, String verdicts) {
        return of(version, protocol, AnswerJson.fromStored(answers), AnswerJson.verdictsFromStored(verdicts));
    }

    private static AnswerCode of(
            int version, Protocol protocol, Map<String, Answer> answers, Map<String, Verdict> said) {
        var dimensions = protocol.dimensions().stream().map(Dimension::id).toList();
        var code = new AnswerCode(
                version, none(dimensions.size() + 1), none(dimensions.size()), none(dimensions.size()), none(dimensions.size()));
        var columns = Stream.concat(dimensions.stream(), Stream.of(Protocol.OVERALL)).toList();
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
                case Comparison comparison -> code.words[column] = (byte) comparison.ordinal();
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

    /** Whether the verdict prefers one of the two images. */
    boolean decides(int column) {
        return verdicts[column] == FIRST || verdicts[column] == SECOND;
    }
}
