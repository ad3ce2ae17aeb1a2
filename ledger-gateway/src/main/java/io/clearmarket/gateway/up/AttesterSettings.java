package io.clearmarket.gateway.up;

import io.clearmarket.gateway.attester.AttesterConfig;
import io.clearmarket.gateway.attester.AttesterProcess;
import io.clearmarket.gateway.fabric.DevelopmentReader;
import io.clearmarket.gateway.proof.witness.WitnessConfig;
import io.clearmarket.gateway.settlement.attester.AttesterApi;
import io.clearmarket.wallet.PrivateFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the attesters of a development system are configured and started, each with its organisation's witness. */
record AttesterSettings(
        UpOptions options, DevelopmentAttesters attesters, DevelopmentLog log, Path organisations, URI chain) {
    /** The organisation that runs the gateway: its reader is who asks. */
    private static final String PLATFORM = "PlatformMSP";

    static URI url(DevelopmentAttesters.One attester) {
        return URI.create("http://127.0.0.1:" + attester.port());
    }

    static Path configuration(DevelopmentAttesters.One attester) {
        return attester.folder().resolve("attester.json");
    }

    Path logFile(String mspId) {
        return options.logs().resolve("attester-" + mspId + ".log");
    }

    /**
     * Starts one, and does not wait for it.
     *
     * @param crashAt a step to stop dead at, as {@link AttesterProcess#main} takes it, or empty
     */
    ManagedProcess start(String mspId, String crashAt) {
        DevelopmentAttesters.One attester = one(mspId);
        PrivateFiles.write(policyFile(attester), log.policy());
        witness(attester).write(witnessConfiguration(attester));
        config(attester).write(configuration(attester));
        String classPath = Launch.classPath(options.root(), "ledger-gateway", "clearmarket-ledger-gateway");
        ClassArchive classes = ClassArchive.of(
                Launch.archives(options.root()),
                "attester",
                classPath,
                options.logs().resolve("attester-" + mspId + ".classes"));
        List<String> command = new ArrayList<>(Launch.GIVING_WAY);
        command.addAll(List.of(
                Launch.java(),
                "-Xms16m",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                Launch.compilers(),
                "-XX:ReservedCodeCacheSize=32m"));
        command.addAll(classes.useOrList());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                AttesterProcess.class.getName(),
                configuration(attester).toString()));
        if (!crashAt.isEmpty()) {
            command.add(crashAt);
        }
        return ManagedProcess.start(
                "attester " + mspId, command, Map.of("CLEARMARKET_PARENT_STDIN", "1"), logFile(mspId), classes);
    }

    boolean isHealthy(String mspId) {
        return HealthProbe.isHealthy(url(one(mspId)).resolve(AttesterApi.HEALTH));
    }

    DevelopmentAttesters.One one(String mspId) {
        DevelopmentAttesters.One attester = attesters.all().get(mspId);
        if (attester == null) {
            throw new IllegalArgumentException(
                    mspId + " has no attester; " + attesters.all().keySet() + " have");
        }
        return attester;
    }

    private AttesterConfig config(DevelopmentAttesters.One attester) {
        Path ca = organisations.resolve(attester.mspId()).resolve("ca");
        Path gateway = DevelopmentReader.folder(organisations.resolve(PLATFORM).resolve("ca"), "gateway-reader");
        return new AttesterConfig(
                attester.mspId(),
                GatewaySettings.LEDGER,
                options.network().resolve("network.json"),
                DevelopmentReader.folder(ca, "attester"),
                attester.keyFile(),
                null,
                null,
                chain,
                options.chain().resolve("deployment.json"),
                attester.folder(),
                List.of(gateway.resolve("signcerts/cert.pem")),
                attester.port(),
                null,
                null,
                null,
                null,
                null,
                witnessConfiguration(attester));
    }

    private static Path witnessConfiguration(DevelopmentAttesters.One attester) {
        return attester.witnessFolder().resolve("witness.json");
    }

    private static Path policyFile(DevelopmentAttesters.One attester) {
        return attester.witnessFolder().resolve("policy");
    }

    private WitnessConfig witness(DevelopmentAttesters.One attester) {
        Path ca = organisations.resolve(attester.mspId()).resolve("ca");
        return new WitnessConfig(
                attester.mspId(),
                options.network().resolve("network.json"),
                DevelopmentReader.folder(ca, "attester"),
                DevelopmentLog.NETWORK,
                DevelopmentLog.keyFile(attester),
                policyFile(attester),
                attester.witnessFolder(),
                attester.origin().getPort(),
                null,
                null,
                null);
    }
}
