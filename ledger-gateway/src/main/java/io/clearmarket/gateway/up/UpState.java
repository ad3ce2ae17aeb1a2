package io.clearmarket.gateway.up;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code up.json}: what a running system tells scripts and tests. It is there only while everything is healthy.
 *
 * @param gateway the gateway's address
 * @param chain JSON-RPC of the development chain
 * @param network the network's own description, {@code network.json}
 * @param ledger the ledger's name
 * @param pids process ids by name, {@code up} itself included
 * @param identities by name
 * @param origins where each organisation gives out its own copy of the log and the verifier page
 * @param lan the address on the local network; absent unless it was asked for
 * @param tokens a development bearer token for each role, and for each organisation's operator by name
 */
public record UpState(
        URI gateway,
        URI chain,
        Path network,
        Path deployment,
        String ledger,
        Map<String, Long> pids,
        Map<String, IdentityFiles> identities,
        Map<String, String> tokens,
        Map<String, URI> origins,
        @Nullable URI lan) {

    /** A ready identity: its party id, its address and where its files are. */
    public record IdentityFiles(String party, String mspId, String address, Path msp, Path ethKey) {}

    static UpState of(
            UpOptions options,
            GatewaySettings settings,
            Map<String, Long> pids,
            DevelopmentIdentities people,
            RoleTokens tokens) {
        Map<String, IdentityFiles> identities = new TreeMap<>();
        for (DevelopmentIdentities.Person person : people.all()) {
            identities.put(
                    person.name(),
                    new IdentityFiles(
                            person.identity().partyId().value(),
                            person.identity().mspId(),
                            person.address().address().toString(),
                            person.folder(),
                            person.ethKeyFile()));
        }
        Map<String, Long> all = new TreeMap<>(pids);
        all.put("up", ProcessHandle.current().pid());
        return new UpState(
                settings.address(),
                settings.chain(),
                options.network().resolve("network.json"),
                options.chain().resolve("deployment.json"),
                GatewaySettings.LEDGER,
                all,
                identities,
                tokens.published(),
                settings.origins(),
                settings.lan() == null ? null : settings.lan().uri());
    }

    /** Readable by the owner only: it holds tokens. */
    void write(Path file) {
        PrivateFiles.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** The state of the system that runs on this data folder, if one does. */
    public static Optional<UpState> ofRunning(Path data) {
        Path file = data.resolve("up.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        UpState state = Json.MAPPER.readValue(PrivateFiles.read(file), UpState.class);
        Long pid = state.pids().get("up");
        return pid != null
                        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                ? Optional.of(state)
                : Optional.empty();
    }

    /** Tokens stay out of logs. */
    @Override
    public String toString() {
        return "UpState[" + gateway + "]";
    }
}
