package io.clearmarket.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.audit.CheckResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final CheckResult SOUND = new CheckResult(1, Digest.ZERO, 1, 0, new TreeMap<>(), List.of());

    @Test
    void the_amounts_by_which_payments_differ_from_the_lines_are_told() {
        Tally tally = new Tally();
        tally.paymentsDiffer(-1);
        tally.paymentsDiffer(61_01);
        tally.paymentsDiffer(2_11);

        assertThat(shown(tally, Report::print))
                .contains("payments differ from the lines by 63.11 BRL in all: 3 orders, each by -0.01 to 61.01");
        assertThat(shown(tally, Report::printJson))
                .contains("\"paymentDifferences\":"
                        + "{\"orders\":3,\"sum\":6311,\"minimum\":-1,\"maximum\":6101,\"currency\":\"BRL\"}");
    }

    @Test
    void it_is_said_too_that_no_payment_differs() {
        assertThat(shown(new Tally(), Report::print)).contains("no order's payments differ from its lines");
        assertThat(shown(new Tally(), Report::printJson))
                .contains("\"orders\":0,\"sum\":0,\"minimum\":0,\"maximum\":0");
    }

    private static String shown(Tally tally, BiConsumer<Report, PrintStream> how) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
            how.accept(Report.of(new Replay.Summary(3, 0, Duration.ofSeconds(1), tally), SOUND), out);
        }
        return bytes.toString(UTF_8);
    }
}
