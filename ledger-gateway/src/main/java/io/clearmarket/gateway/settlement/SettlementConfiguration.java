package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.QueryName;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.KeyFiles;
import io.clearmarket.gateway.chain.NodeViews;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.settlement.SettlementProperties.AttesterProperties;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.LocalAttester;
import io.clearmarket.gateway.settlement.attester.OutflowGuard;
import io.clearmarket.gateway.settlement.attester.OutflowGuards;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Puts settlement together, where a chain is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SettlementProperties.class)
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class SettlementConfiguration {

    @Bean
    AttesterSigners attesterSigners(SettlementProperties properties) {
        return new AttesterSigners(properties.attesters().stream()
                .map(each ->
                        new AttesterSigners.Opened(each, KeyFiles.open(each.key(), each.passphrase(), each.token())))
                .toList());
    }

    @Bean
    OutflowGuards outflowGuards(AttesterSigners signers, JdbcClient database, TransactionTemplate transaction) {
        return new OutflowGuards(signers.attesters().stream()
                .map(each -> {
                    EthAddress address = each.signer().address();
                    AttesterProperties properties = each.properties();
                    return new OutflowGuards.Guarded(
                            properties.mspId(),
                            address,
                            new OutflowGuard(address, properties.limit(), database, transaction));
                })
                .toList());
    }

    @Bean
    AttesterQuorum attesterQuorum(
            AttesterSigners signers,
            OutflowGuards guards,
            GatewayProperties gateway,
            NodeViews nodes,
            EscrowChain chain,
            LedgerClient ledger,
            CrashPoints steps) {
        List<Attester> attesters = signers.attesters().stream()
                .map(each -> attester(each, guards, gateway, nodes, chain, ledger, steps))
                .toList();
        return new AttesterQuorum(attesters);
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

    private static Attester attester(
            AttesterSigners.Opened opened,
            OutflowGuards guards,
            GatewayProperties gateway,
            NodeViews nodes,
            EscrowChain chain,
            LedgerClient ledger,
            Steps steps) {
        AttesterProperties properties = opened.properties();
        EthSigner key = opened.signer();
        EscrowReader node = properties.rpcUrl() == null ? chain : nodes.open(properties.rpcUrl());
        return new LocalAttester(
                properties.mspId(),
                gateway.ledger(),
                key,
                node,
                ids -> consignments(ledger, properties.mspId(), ids),
                steps.afterReserving(guards.of(key.address())),
                Clock.systemUTC(),
                properties.longestValidity());
    }

    private static Map<ConsignmentId, Consignment> consignments(
            LedgerClient ledger, String mspId, List<ConsignmentId> ids) {
        List<String> arguments = Stream.concat(
                        Stream.of(RecordKind.CONSIGNMENT.objectType()),
                        ids.stream().map(ConsignmentId::value))
                .toList();
        JsonNode records = Json.MAPPER.readTree(ledger.evaluate(mspId, QueryName.GET_ALL, arguments));
        Map<ConsignmentId, Consignment> found = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!records.path(i).isNull()) {
                found.put(ids.get(i), Json.MAPPER.treeToValue(records.path(i), Consignment.class));
            }
        }
        return found;
    }
}
