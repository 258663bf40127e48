package org.diptych;

import org.diptych.reward.encoder.EncodingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a wrong encoder configuration be printed as what is wrong with it, without a stack trace. */
final class EncoderFailureAnalyzer extends AbstractFailureAnalyzer<EncodingException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EncodingException cause) {
        return new FailureAnalysis(
                "The encoder cannot be opened: " + cause.getMessage(),
                "Correct the file given with --encoder, or start without it.",
                cause);
    }
}
