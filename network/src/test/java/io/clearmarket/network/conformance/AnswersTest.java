package io.clearmarket.network.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Path RECORD = ConformanceTest.ROOT.resolve("../shared/reference/fabric-answers.txt");
    /** The peers' addresses and the ending of the keys in the recorded run. */
    private static final Map<String, String> ADDRESSES =
            Map.of("127.0.0.1:19060", "MarketMSP", "127.0.0.1:19064", "AuditMSP");

    private static final String RUN = "mwtt8anl";

    @Test
    void what_is_expected_is_what_the_real_network_was_recorded_to_answer() throws Exception {
        assumeThat(RECORD).exists();
        Map<String, String> expected = new LinkedHashMap<>();
        Answers.parse(Files.readString(RECORD))
                .forEach((title, answer) -> expected.put(title, Transcript.normal(answer, ADDRESSES, RUN)));

        assertThat(expected).hasSize(89);
        assertThat(Answers.recorded()).containsExactlyEntriesOf(expected);
    }

    @Test
    void a_wrong_word_is_not_taken_for_something_of_one_run() {
        String answer = "status UNKNOWN / no such key: a" + RUN + " at 127.0.0.1:19060 in block 7";

        assertThat(Transcript.normal(answer, ADDRESSES, RUN))
                .isEqualTo("status UNKNOWN / no such key: a{run} at {MarketMSP} in block b0");
    }
}
