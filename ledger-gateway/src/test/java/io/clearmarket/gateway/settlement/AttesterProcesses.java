package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.attester.AttesterConfig;
import io.clearmarket.gateway.fabric.DevelopmentReader;
import io.clearmarket.gateway.testing.AttesterUnderTest;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.network.FreePorts;
import java.io.IOException;
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
    private final WitnessKeys witnesses;

    AttesterProcesses(MoneyTestMarket market) throws Exception {
        this.market = market;
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String name : List.of("PlatformMSP", "MerchantsMSP", "AuditMSP", MoneyTestMarket.STANDBY)) {
            Path folder = Files.createDirectories(market.system.folder().resolve("attester-" + name));
            processes.put(name, new AttesterUnderTest(folder, FreePorts.one()));
            if (!name.equals(MoneyTestMarket.STANDBY)) {
                ports.put(name, FreePorts.one());
            }
        }
        this.witnesses =
                new WitnessKeys(Files.createDirectories(market.system.folder().resolve("log")), ports);
    }

    /** The gateway asks these from its next start on. */
    void askedByGateway(String... names) {
        Map<String, String> settings = new LinkedHashMap<>();
        int index = 0;
        for (String name : names) {
            String prefix = "clearmarket.attesters[" + index++ + "].";
            settings.put(prefix + "msp-id", MoneyTestMarket.organisation(name));
            settings.put(prefix + "url", of(name).address().toString());
            settings.put(prefix + "address", market.attesterKey(name).address().toString());
        }
        settings.putAll(witnesses.settings());
        market.system.with(settings);
    }

    WitnessKeys witnesses() {
        return witnesses;
    }

    /** By its organisation, or as {@link MoneyTestMarket#STANDBY}. */
    AttesterUnderTest of(String name) {
        return Objects.requireNonNull(processes.get(name));
    }

    /** Kills it if it runs, and starts it on the same files. */
    void start(String name, String crashAt, @Nullable String limitPerHour) throws IOException {
        AttesterUnderTest attester = of(name);
        attester.close();
        attester.start(config(name, attester, limitPerHour), crashAt);
    }

    private AttesterConfig config(String name, AttesterUnderTest attester, @Nullable String limitPerHour)
            throws IOException {
        String mspId = MoneyTestMarket.organisation(name);
        URI node = market.chain.anvil.address();
        return new AttesterConfig(
                mspId,
                GatewayTestSystem.LEDGER,
                market.system.networkFile(),
                DevelopmentReader.folder(ca(mspId), "attester"),
                Path.of(market.keyFile(name, market.attesterKey(name))),
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
                null,
                name.equals(MoneyTestMarket.STANDBY)
                        ? null
                        : witnesses.configure(
                                mspId,
                                market.system.networkFile(),
                                ca(mspId),
                                attester.folder().resolve("witness")));
    }

    private Path ca(String mspId) {
        return market.system.organization(mspId).mspDirectory().toAbsolutePath().resolveSibling("ca");
    }

    @Override
    public void close() {
        processes.values().forEach(AttesterUnderTest::close);
    }
}
