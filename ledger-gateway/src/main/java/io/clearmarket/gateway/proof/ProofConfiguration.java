package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.proof.ProofProperties.WitnessProperties;
import io.clearmarket.gateway.proof.tree.Leaves;
import io.clearmarket.gateway.proof.verifier.PolicyText;
import io.clearmarket.gateway.proof.witness.Cosigner;
import io.clearmarket.gateway.proof.witness.ProofKeys;
import io.clearmarket.gateway.proof.witness.RemoteWitness;
import io.clearmarket.gateway.proof.witness.Witness;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.proof.InvalidProof;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the log and its witnesses together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProofProperties.class)
class ProofConfiguration {

    @Bean
    Leaves leaves(ProofProperties properties, GatewayProperties gateway) {
        return new Leaves(properties.network(), gateway.channel());
    }

    @Bean
    NoteSigner logSigner(ProofProperties properties, GatewayProperties gateway, Leaves leaves) {
        Path configured = properties.logKey();
        if (configured == null && !gateway.development()) {
            throw new IllegalStateException(
                    "clearmarket.proof.log-key is not set: it names the file with the log's key");
        }
        Path file = configured == null ? folder(gateway).resolve("log.key") : configured;
        return NoteSigner.log(leaves.origin(), ProofKeys.open(file, gateway.development()));
    }

    @Bean
    Witnesses witnesses(ProofProperties properties, GatewayProperties gateway, NoteSigner logSigner, Leaves leaves)
            throws IOException {
        List<Cosigner> all = new ArrayList<>();
        for (WitnessProperties each : configured(properties, gateway)) {
            Path key = each.key();
            all.add(
                    key == null
                            ? remote(each)
                            : new Witness(
                                    each.mspId(),
                                    NoteSigner.witness(
                                            leaves.network() + "/" + each.mspId(),
                                            ProofKeys.open(key, gateway.development())),
                                    logSigner.key(),
                                    leaves,
                                    folder(gateway).resolve("witness-" + each.mspId()),
                                    Clock.systemUTC()));
        }
        return new Witnesses(all);
    }

    private static RemoteWitness remote(WitnessProperties witness) {
        URI url = witness.url();
        String vkey = witness.vkey();
        if (url == null || vkey == null) {
            throw new IllegalStateException("the witness of " + witness.mspId()
                    + " needs a key, or url and vkey; see clearmarket.proof.witnesses");
        }
        try {
            return new RemoteWitness(witness.mspId(), NoteKey.parse(vkey), url, witness.timeout(), Clock.systemUTC());
        } catch (InvalidProof notAKey) {
            throw new IllegalStateException(
                    "the vkey of " + witness.mspId() + "'s witness (clearmarket.proof.witnesses) is \"" + vkey
                            + "\", which is none",
                    notAKey);
        }
    }

    private static List<WitnessProperties> configured(ProofProperties properties, GatewayProperties gateway) {
        Path network = gateway.networkFile();
        if (!properties.witnesses().isEmpty() || network == null || !gateway.development()) {
            return properties.witnesses();
        }
        return NetworkFile.read(network).organizations().stream()
                .map(organization -> new WitnessProperties(
                        organization.mspId(),
                        folder(gateway).resolve("witness-" + organization.mspId() + ".key"),
                        null,
                        null,
                        Duration.ZERO))
                .toList();
    }

    /** The policy that verifiers pin; written beside the keys, so that whoever runs this market can hand it on. */
    @Bean
    PublishedPolicy publishedPolicy(
            ProofProperties properties, GatewayProperties gateway, NoteSigner logSigner, Witnesses witnesses) {
        Map<String, NoteKey> keys = new TreeMap<>();
        witnesses.all().forEach(witness -> keys.put(witness.mspId(), witness.key()));
        String text = PolicyText.of(logSigner.key(), keys, properties.requiredWitness());
        PrivateFiles.write(folder(gateway).resolve("policy"), text);
        return new PublishedPolicy(text, TrustPolicy.parse(text));
    }

    @Bean
    PinnedPolicy pinnedPolicy(PublishedPolicy published) {
        return new PinnedPolicy(published.text());
    }

    @Bean
    Checkpoints checkpoints(
            LogStore log, CheckpointStore store, NoteSigner logSigner, Witnesses witnesses, PublishedPolicy policy) {
        return new Checkpoints(log, store, logSigner, witnesses.all(), policy.policy(), Clock.systemUTC());
    }

    @Bean
    PublicPaths proofPaths() {
        return PublicPaths.of("/log/**", "/verify", "/api/v1/proofs");
    }

    private static Path folder(GatewayProperties gateway) {
        return gateway.dataDir().resolve("proof");
    }

    /** The witnesses, those in this process and those elsewhere. */
    record Witnesses(List<Cosigner> all) implements AutoCloseable {
        Witnesses {
            all = List.copyOf(all);
        }

        /** Those that run here. */
        List<Witness> here() {
            return all.stream()
                    .filter(Witness.class::isInstance)
                    .map(Witness.class::cast)
                    .toList();
        }

        @Override
        public void close() {
            here().forEach(Witness::close);
        }
    }

    /** A policy and its text. */
    record PublishedPolicy(String text, TrustPolicy policy) {}
}
