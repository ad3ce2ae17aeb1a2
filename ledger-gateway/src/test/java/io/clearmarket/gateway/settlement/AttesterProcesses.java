package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.attester.AttesterConfig;
import io.clearmarket.gateway.fabric.DevelopmentReader;
import io.clearmarket.gateway.testing.AttesterUnderTest;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.network.FreePorts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A market's attesters, each in a process of its own, with its own client of its own organisation's peer. */
final class AttesterProcesses implements AutoCloseable {
    private final MoneyTestMarket market;
    private final Map<String, AttesterUnderTest> processes = new LinkedHashMap<>();

    AttesterProcesses(MoneyTestMarket market) throws Exception {
        this.market = market;
        for (String mspId : List.of("PlatformMSP", "MerchantsMSP", "AuditMSP")) {
            Path folder = Files.createDirectories(market.system.folder().resolve("attester-" + mspId));
            processes.put(mspId, new AttesterUnderTest(folder, FreePorts.one()));
        }
    }

    /** The gateway asks them from its next start on. */
    void askedByGateway() {
        Map<String, String> settings = new LinkedHashMap<>();
        int index = 0;
        for (String mspId : processes.keySet()) {
            String prefix = "clearmarket.attesters[" + index++ + "].";
            settings.put(prefix + "msp-id", mspId);
            settings.put(prefix + "url", of(mspId).address().toString());
            settings.put(prefix + "address", market.attesterKey(mspId).address().toString());
        }
        market.system.with(settings);
    }

    AttesterUnderTest of(String mspId) {
        return Objects.requireNonNull(processes.get(mspId));
    }

    /** Kills it if it runs, and starts it on the same files. */
    void start(String mspId, String crashAt, @Nullable String limitPerHour) {
        AttesterUnderTest attester = of(mspId);
        attester.close();
        attester.start(config(mspId, attester, limitPerHour), crashAt);
    }

    private AttesterConfig config(String mspId, AttesterUnderTest attester, @Nullable String limitPerHour) {
        URI node = market.chain.anvil.address();
        return new AttesterConfig(
                mspId,
                GatewayTestSystem.LEDGER,
                market.system.networkFile(),
                DevelopmentReader.folder(ca(mspId), "attester"),
                Path.of(market.keyFile(mspId, market.attesterKey(mspId))),
                null,
                null,
                node,
                market.system.folder().resolve("deployment.json"),
                attester.folder(),
                List.of(DevelopmentReader.folder(ca("PlatformMSP"), "gateway-reader")
                        .resolve("signcerts/cert.pem")),
                attester.port(),
                null,
                null,
                null,
                limitPerHour,
                null);
    }

    private Path ca(String mspId) {
        return market.system.organization(mspId).mspDirectory().toAbsolutePath().resolveSibling("ca");
    }

    @Override
    public void close() {
        processes.values().forEach(AttesterUnderTest::close);
    }
}
