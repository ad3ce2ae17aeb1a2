package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.config.PropertyRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the transparency log.
 *
 * @param network the network's name, a URL without scheme; with the channel it is the log's origin
 * @param logKey file with the log's Ed25519 seed in hexadecimal; in development it is made where it is absent
 * @param witnesses of the organisations; empty: in development one of each, in this process
 * @param requiredWitness the organisation without whose witness there is no quorum
 * @param interval pause between checkpoints
 */
@ConfigurationProperties("clearmarket.proof")
record ProofProperties(
        @DefaultValue("clearmarket.example/demonstration") String network,
        @Nullable Path logKey,
        @DefaultValue List<WitnessProperties> witnesses,
        @DefaultValue("AuditMSP") String requiredWitness,
        @DefaultValue("1s") Duration interval) {
    ProofProperties {
        PropertyRules.requirePositive("clearmarket.proof.interval", interval);
    }

    /**
     * A witness: in a process of its own, by {@code url} and {@code vkey}, or in this one, by {@code key}.
     *
     * @param mspId its organisation, whose own peer it follows
     * @param key file with its Ed25519 seed in hexadecimal
     * @param url of its door; no path
     * @param vkey its public key, as its line in a policy has it (C2SP signed-note)
     * @param timeout how long an answer of it may take
     */
    record WitnessProperties(
            String mspId,
            @Nullable Path key,
            @Nullable URI url,
            @Nullable String vkey,
            @DefaultValue("5s") Duration timeout) {
        WitnessProperties {
            PropertyRules.requireWeb("the url of " + mspId + "'s witness (clearmarket.proof.witnesses)", url);
            if (url != null) {
                PropertyRules.requirePositive(
                        "the timeout of " + mspId + "'s witness (clearmarket.proof.witnesses)", timeout);
            }
        }
    }
}
