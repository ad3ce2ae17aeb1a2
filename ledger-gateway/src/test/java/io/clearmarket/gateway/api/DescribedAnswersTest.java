package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.DescribedAnswers;
import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.Trade;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operations that need a settlement chain are tried by SettlementTest. */
class DescribedAnswersTest {
    private static final List<String> MANAGED = List.of(
            "/api/v1/consignments",
            "/api/v1/orders",
            "/api/v1/parties",
            "/api/v1/offers",
            "/api/v1/batches",
            "/api/v1/provenance",
            "/api/v1/checkouts",
            "/api/v1/statements",
            "/epcis");

    @Test
    void every_answer_to_requests_made_from_the_description_is_described_and_none_is_a_5xx() {
        GatewayTestSystem system = GatewayTestSystem.get();
        Trade trade = Trade.placed();
        trade.fund().ship();
        TestHttp anonymous = system.http(null);
        TestHttp device = DeviceBuyer.enrol(system).http();
        TestHttp merchant = system.http(system.token("merchant"));
        TestHttp auditor = system.http(system.token("auditor"));
        Map<String, String> known = Map.of(
                "consignmentId",
                trade.id().value(),
                "id",
                trade.id().value(),
                "gtin",
                Trade.GTIN,
                "serial",
                trade.serial(),
                "party",
                system.person("buyer").party().value(),
                "key",
                "01",
                "value",
                Trade.GTIN,
                "resource",
                "eventTypes",
                "kind",
                "market");
        int sent = new DescribedAnswers(auditor.get("/v3/api-docs").body(), known)
                .require(
                        path -> true,
                        path -> {
                            if (path.startsWith("/api/v1/audit") || path.startsWith("/api/v1/erasures")) {
                                return auditor;
                            }
                            return MANAGED.stream().anyMatch(path::startsWith) ? merchant : device;
                        },
                        anonymous);
        assertThat(sent).isGreaterThan(900);
    }
}
