package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.proof.ProofProperties.WitnessProperties;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

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
    Witnesses witnesses(
            ProofProperties properties,
            GatewayProperties gateway,
            NoteSigner logSigner,
            Leaves leaves,
            WitnessStore store,
            TransactionTemplate transaction) {
        List<Witness> witnesses = new ArrayList<>();
        for (WitnessProperties each : configured(properties, gateway)) {
            NoteSigner signer = NoteSigner.witness(
                    leaves.network() + "/" + each.mspId(), ProofKeys.open(each.key(), gateway.development()));
            witnesses.add(
                    new Witness(each.mspId(), signer, logSigner.key(), leaves, store, transaction, Clock.systemUTC()));
        }
        return new Witnesses(witnesses);
    }

    private static List<WitnessProperties> configured(ProofProperties properties, GatewayProperties gateway) {
        Path network = gateway.networkFile();
        if (!properties.witnesses().isEmpty() || network == null || !gateway.development()) {
            return properties.witnesses();
        }
        return NetworkFile.read(network).organizations().stream()
                .map(organization -> new WitnessProperties(
                        organization.mspId(), folder(gateway).resolve("witness-" + organization.mspId() + ".key")))
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

    /** The witnesses that run here. */
    record Witnesses(List<Witness> all) {
        Witnesses {
            all = List.copyOf(all);
        }
    }

    /** A policy and its text. */
    record PublishedPolicy(String text, TrustPolicy policy) {}
}
