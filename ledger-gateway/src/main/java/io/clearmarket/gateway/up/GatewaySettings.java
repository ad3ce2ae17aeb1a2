package io.clearmarket.gateway.up;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the gateway of a development system is configured and started. */
record GatewaySettings(
        UpOptions options,
        DevelopmentIdentities people,
        Path organisations,
        DevelopmentAttesters attesters,
        DevelopmentLog log,
        URI chain,
        Path chainPayerKey,
        @Nullable LanDoor lan) {
    static final String LEDGER = "clearmarket:dev:market";

    URI address() {
        return URI.create("http://127.0.0.1:" + options.port());
    }

    /** @param crashAt a settlement step to stop dead at, or empty: {@code clearmarket.crash-at} */
    ManagedProcess start(String crashAt) {
        String classPath = Launch.classPath(options.root(), "ledger-gateway", "clearmarket-ledger-gateway");
        ClassArchive classes = ClassArchive.of(
                Launch.archives(options.root()),
                "gateway",
                classPath,
                options.logs().resolve("gateway.classes"));
        List<String> command = new ArrayList<>(List.of(
                Launch.java(),
                // room for what is young from the start; what is old, 75 MiB live, is collected once it fills 152 MiB
                "-Xms192m",
                "-Xmn88m",
                "-Xmx240m",
                // on a machine that runs all the rest as well, concurrent collectors take time from the work
                "-XX:+UseSerialGC",
                Launch.compilers(),
                Launch.MANY_CARRIERS,
                "-XX:ReservedCodeCacheSize=128m"));
        command.addAll(classes.useOrList());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "io.clearmarket.gateway.GatewayApplication"));
        properties().forEach((key, value) -> command.add("--" + key + "=" + value));
        command.add("--clearmarket.crash-at=" + crashAt);
        return ManagedProcess.start(
                "gateway",
                command,
                Map.of("CLEARMARKET_PARENT_STDIN", "1"),
                options.logs().resolve("gateway.log"),
                classes);
    }

    private Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("server.port", Integer.toString(options.port()));
        all.put("server.address", "127.0.0.1");
        all.put("clearmarket.data-dir", options.gateway().toString());
        all.put(
                "clearmarket.network-file",
                options.network().resolve("network.json").toString());
        all.put("clearmarket.ledger", LEDGER);
        // the peers of all organisations share this machine's processors
        all.put(
                "clearmarket.endorsed-at-once",
                Integer.toString(3 * Runtime.getRuntime().availableProcessors()));
        all.put("clearmarket.development", "true");
        all.put("clearmarket.demonstration", "true");
        all.put(
                "clearmarket.enrolment.buyer",
                organisations.resolve("PlatformMSP/ca").toString());
        all.put(
                "clearmarket.enrolment.merchant",
                organisations.resolve("MerchantsMSP/ca").toString());
        all.put("clearmarket.chain.rpc-url", chain.toString());
        all.put(
                "clearmarket.chain.deployment-file",
                options.chain().resolve("deployment.json").toString());
        all.put("clearmarket.chain.sender-key", chainPayerKey.toString());
        if (lan != null) {
            all.putAll(lan.properties());
        }
        int index = 0;
        for (DevelopmentAttesters.One attester : attesters.all().values()) {
            String prefix = "clearmarket.attesters[" + index++ + "]";
            all.put(prefix + ".msp-id", attester.mspId());
            all.put(prefix + ".url", AttesterSettings.url(attester).toString());
            all.put(prefix + ".address", attester.address().toString());
        }
        all.put("clearmarket.proof.network", DevelopmentLog.NETWORK);
        index = 0;
        for (DevelopmentAttesters.One attester : attesters.all().values()) {
            String prefix = "clearmarket.proof.witnesses[" + index++ + "]";
            all.put(prefix + ".msp-id", attester.mspId());
            all.put(prefix + ".url", attester.origin().toString());
            all.put(prefix + ".vkey", log.witness(attester.mspId()).vkey());
        }
        for (DevelopmentIdentities.Person person : people.all()) {
            String prefix = "clearmarket.identities." + person.name();
            all.put(prefix + ".msp-id", person.identity().mspId());
            all.put(prefix + ".msp", person.folder().toString());
            all.put(prefix + ".eth-key", person.ethKeyFile().toString());
        }
        return all;
    }

    /** Where each organisation gives out its own copy of the log. */
    Map<String, URI> origins() {
        Map<String, URI> origins = new TreeMap<>();
        attesters.all().values().forEach(attester -> origins.put(attester.mspId(), attester.origin()));
        return origins;
    }

    boolean isHealthy() {
        return HealthProbe.isHealthy(address().resolve("/actuator/health"));
    }
}
