package io.clearmarket.chaincode.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.testing.Guard;
import io.clearmarket.chaincode.testing.RulesLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named regressions: each holds, and no longer does once the code's own rule that answers it is off. Every command is sent. */
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
    void is_answered_by_a_row_of_the_table_and_by_nothing_else(String complaint, String command) throws Exception {
        assertThat(new Complaints(complaint).call()).as(complaint).isTrue();
        assertThat(played(complaint, RulesLoader.allowingNowhere(command)))
                .as(command + " legal nowhere")
                .isFalse();
    }

    /** Rows of commands that have nothing to do with it make no complaint come true. */
    @ParameterizedTest
    @CsvSource({"openbazaar-go#973, refundReturned", "openbazaar-go#438, replaceArbiter"})
    void is_not_answered_by_another_row(String complaint, String command) throws Exception {
        assertThat(played(complaint, RulesLoader.allowingNowhere(command))).isTrue();
    }

    /** dokan#2234: payouts ignored the delay; openbazaar-desktop#1519: nobody knew which clock ran. */
    @ParameterizedTest
    @CsvSource({"dokan#2234", "openbazaar-desktop#1519"})
    void is_answered_by_the_guard_of_deadlines(String complaint) throws Exception {
        assertThat(new Complaints(complaint).call()).isTrue();
        assertThat(holdsWithoutDeadlines(complaint)).isFalse();
    }

    @Test
    void a_guard_that_is_missing_elsewhere_changes_nothing_here() throws Exception {
        assertThat(played("dokan#2234", new RulesLoader(Guard.NONE))).isTrue();
    }

    private static boolean holdsWithoutDeadlines(String complaint) throws Exception {
        Guard deadlines = Guard.of(Stream.of("LegalMoves")).stream()
                .filter(guard ->
                        guard.method().equals("requireTime") && guard.called().equals("requireDue"))
                .findFirst()
                .orElseThrow();
        return played(complaint, new RulesLoader(deadlines));
    }

    private static boolean played(String complaint, RulesLoader rules) throws Exception {
        return rules.<Boolean>make(Complaints.class.getName(), complaint).call();
    }
}
