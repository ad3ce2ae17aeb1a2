package io.clearmarket.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.Submissions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorLoopTest {
    private final DeviceLedger ledger = new DeviceLedger();

    @Test
    void a_root_that_somebody_else_recorded_is_on_the_ledger_and_holds_up_none_behind_it() {
        SampleDevice device = ledger.registered(SampleDevice.ed25519());
        assertThat(ledger.batches().take(List.of(device.batch(0, Instant.parse("2026-11-23T10:00:00Z"), 3))))
                .containsExactly(Verdict.ACCEPTED);
        ledger.anchors().gather();
        Submissions refuses = (Submissions) Proxy.newProxyInstance(
                Submissions.class.getClassLoader(),
                new Class<?>[] {Submissions.class},
                (proxy, method, arguments) ->
                        new Outcome.Refused(new Refusal(RefusalCode.READINGS_EXIST, "the root is there")));

        new AnchorLoop(
                        ledger.anchors(),
                        refuses,
                        ReportLoopTest.collector(),
                        "collector",
                        Duration.ofSeconds(1),
                        Instant::now)
                .work();

        assertThat(ledger.anchors().pending()).isEmpty();
    }
}
