package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.NodeViews;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts settlement together, where a chain is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SettlementProperties.class)
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class SettlementConfiguration {

    @Bean
    AskedAttesters askedAttesters(
            SettlementProperties properties, AttesterFactory factory, NodeViews nodes, EscrowChain chain) {
        return new AskedAttesters(properties.attesters().stream()
                .map(each -> factory.open(each, nodes, chain))
                .toList());
    }

    @Bean
    AttesterQuorum attesterQuorum(AskedAttesters attesters) {
        return attesters.quorum();
    }

    @Bean
    Payouts payouts(
            SettlementProperties properties,
            EscrowChain chain,
            PayoutStore store,
            ReadModel readModel,
            AttesterQuorum attesters,
            TransactionTemplate transaction,
            CrashPoints steps) {
        return new Payouts(
                readModel, store, chain, attesters, transaction, properties.settlement(), steps, Clock.systemUTC());
    }

    @Bean
    StandbyTakeover standbyTakeover(
            SettlementProperties properties,
            EscrowChain chain,
            Payouts payouts,
            StandbyStore store,
            ReadModel readModel,
            AttesterQuorum attesters,
            TransactionTemplate transaction,
            CrashPoints steps) {
        return new StandbyTakeover(
                payouts,
                readModel,
                store,
                chain,
                attesters,
                transaction,
                properties.settlement(),
                steps,
                Clock.systemUTC());
    }

    @Bean
    SettlementLoop settlementLoop(
            SettlementProperties properties,
            EscrowChain chain,
            ChainFollower follower,
            Payouts payouts,
            StandbyTakeover standby,
            FactStore facts,
            ReadModel readModel,
            AttesterQuorum attesters,
            Submissions submissions,
            ManagedIdentities identities,
            ModeStore modes,
            CrashPoints steps,
            MeterRegistry metrics) {
        SettlementProperties.Loop settings = properties.settlement();
        SigningIdentity identity = identities
                .find(settings.identity())
                .orElseThrow(() -> new IllegalStateException("clearmarket.settlement.identity names \""
                        + settings.identity() + "\", which is none of clearmarket.identities"))
                .signer();
        EvidenceRecorder recorder = new EvidenceRecorder(
                facts, readModel, attesters, submissions, identity, steps, Executors::newVirtualThreadPerTaskExecutor);
        Gauge.builder("clearmarket.settlement.facts.open", facts, FactStore::open)
                .description("facts of the chain that are not on the ledger yet")
                .register(metrics);
        Gauge.builder("clearmarket.settlement.facts.stuck", facts, FactStore::stuck)
                .description("of those, the ones that were tried several times")
                .register(metrics);
        return new SettlementLoop(
                chain,
                follower,
                payouts,
                standby,
                recorder,
                settings.interval(),
                () -> modes.current().mode());
    }
}
