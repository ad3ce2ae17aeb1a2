package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementBenchTest {
    @TempDir
    private Path folder;

    @Test
    void the_committed_gas_stays_below_the_marks_that_were_set() {
        List<SettlementBench.Gas> gas = SettlementBench.gas(
                Path.of(System.getProperty("clearmarket.root"), "contracts/snapshots/MarketEscrow.json"));
        assertThat(ratio(gas, "depositWithAuthorization")).isLessThanOrEqualTo(0.86);
        assertThat(ratio(gas, "payMerchant")).isLessThanOrEqualTo(1.02);
        assertThat(ratio(gas, "settle")).isLessThanOrEqualTo(1.16);
        assertThat(ratio(gas, "each of settleBatch of 50")).isLessThanOrEqualTo(0.45);
        assertThat(ratio(gas, "reclaim")).isLessThanOrEqualTo(0.92);
    }

    @Test
    void a_snapshot_that_lacks_an_operation_is_named() throws IOException {
        Path empty = Files.writeString(folder.resolve("gas.json"), "{}");
        assertThatThrownBy(() -> SettlementBench.gas(empty)).hasMessageContaining("depositWithAuthorization");
    }

    private static double ratio(List<SettlementBench.Gas> gas, String operation) {
        return gas.stream()
                .filter(each -> each.operation().equals(operation))
                .findFirst()
                .orElseThrow()
                .ratio();
    }
}
