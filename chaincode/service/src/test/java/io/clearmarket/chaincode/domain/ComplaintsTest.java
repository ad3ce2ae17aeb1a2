package io.clearmarket.chaincode.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.testing.Guard;
import io.clearmarket.chaincode.testing.RulesLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named regressions: each holds, and no longer does once the rule that answers it is taken away. */
class ComplaintsTest {
    @ParameterizedTest
    @CsvSource({
        "openbazaar-go#973, defaultSplit",
        "openbazaar-go#1039, refundReturned",
        "openbazaar-desktop#1412 buyer, releaseInspected",
        "openbazaar-desktop#1412 merchant, refundUnshipped",
        "OpenBazaar-Client#1003, replaceArbiter",
        "openbazaar-go#438, acceptOffer"
    })
    void is_answered_by_a_rule_and_by_nothing_else(String complaint, String rule) {
        assertThat(new Complaints(complaint, "").call()).as(complaint).isTrue();
        assertThat(new Complaints(complaint, rule).call()).as("without " + rule).isFalse();
    }

    /** dokan#2234: payouts ignored the delay; openbazaar-desktop#1519: nobody knew which clock ran. */
    @ParameterizedTest
    @CsvSource({"dokan#2234", "openbazaar-desktop#1519"})
    void is_answered_by_the_guard_of_deadlines(String complaint) throws Exception {
        assertThat(new Complaints(complaint, "").call()).isTrue();
        assertThat(holdsWithoutDeadlines(complaint)).isFalse();
    }

    @Test
    void a_guard_that_is_missing_elsewhere_changes_nothing_here() throws Exception {
        assertThat(loaded("dokan#2234", Guard.NONE)).isTrue();
    }

    private static boolean holdsWithoutDeadlines(String complaint) throws Exception {
        Guard deadlines = Guard.of(Stream.of("LegalMoves")).stream()
                .filter(guard ->
                        guard.method().equals("requireTime") && guard.called().equals("requireDue"))
                .findFirst()
                .orElseThrow();
        return loaded(complaint, deadlines);
    }

    private static boolean loaded(String complaint, Guard missing) throws Exception {
        return new RulesLoader(missing)
                .<Boolean>make(Complaints.class.getName(), complaint, "")
                .call();
    }
}
