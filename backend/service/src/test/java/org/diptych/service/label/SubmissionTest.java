package org.diptych.service.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SubmissionTest {
    private static Submission read(String attention) {
        return JsonMapper.shared().readValue("""
                        {"id": "00000000-0000-0000-0000-000000000001", "token": 1, "activeMilliseconds": 5%s,
                         "assignment": "00000000-0000-0000-0000-000000000002"}""".formatted(attention), Submission.class);
    }

    @Test
    void attention_that_is_null_is_attention_that_is_absent() {
        assertThat(read(", \"attention\": null")).isEqualTo(read(""));
        assertThat(read(", \"attention\": null").attention()).isNull();
        assertThat(read(", \"attention\": {}").attention()).isNotNull();
    }
}
