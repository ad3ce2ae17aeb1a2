package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.QueryName;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.chain.ChainConfiguration;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.EscrowReader;
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
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    OutflowGuards outflowGuards(SettlementProperties properties, JdbcClient database, TransactionTemplate transaction) {
        return new OutflowGuards(properties.attesters().stream()
                .map(each -> {
                    EthAddress address = ChainConfiguration.key(each.key()).address();
                    return new OutflowGuards.Guarded(
                            each.mspId(), address, new OutflowGuard(address, each.limit(), database, transaction));
                })
                .toList());
    }

    @Bean
    AttesterQuorum attesterQuorum(
            SettlementProperties properties,
            OutflowGuards guards,
            GatewayProperties gateway,
            NodeViews nodes,
            EscrowChain chain,
            LedgerClient ledger) {
        List<Attester> attesters = properties.attesters().stream()
                .map(each -> attester(each, guards, gateway, nodes, chain, ledger))
                .toList();
        return new AttesterQuorum(attesters);
    }

    @Bean
    SettlementLoop settlementLoop(
            SettlementProperties properties,
            EscrowChain chain,
            ChainFollower follower,
            FactStore facts,
            PayoutStore payoutStore,
            ReadModel readModel,
            AttesterQuorum attesters,
            Submissions submissions,
            ManagedIdentities identities,
            TransactionTemplate transaction,
            CrashPoints steps,
            MeterRegistry metrics) {
        SettlementProperties.Loop settings = properties.settlement();
        SigningIdentity identity = identities
                .find(settings.identity())
                .orElseThrow(() -> new IllegalStateException("clearmarket.settlement.identity names \""
                        + settings.identity() + "\", which is none of clearmarket.identities"))
                .signer();
        Payouts payouts =
                new Payouts(readModel, payoutStore, chain, attesters, transaction, settings, steps, Clock.systemUTC());
        EvidenceRecorder recorder = new EvidenceRecorder(facts, readModel, attesters, submissions, identity, steps);
        Gauge.builder("clearmarket.settlement.facts.open", facts, FactStore::open)
                .description("facts of the chain that are not on the ledger yet")
                .register(metrics);
        Gauge.builder("clearmarket.settlement.facts.stuck", facts, FactStore::stuck)
                .description("of those, the ones that were tried several times")
                .register(metrics);
        return new SettlementLoop(chain, follower, payouts, recorder, settings.interval());
    }

    private static Attester attester(
            AttesterProperties properties,
            OutflowGuards guards,
            GatewayProperties gateway,
            NodeViews nodes,
            EscrowChain chain,
            LedgerClient ledger) {
        Secp256k1Key key = ChainConfiguration.key(properties.key());
        EscrowReader node = properties.rpcUrl() == null ? chain : nodes.open(properties.rpcUrl());
        return new LocalAttester(
                properties.mspId(),
                gateway.ledger(),
                key,
                node,
                ids -> consignments(ledger, properties.mspId(), ids),
                guards.of(key.address()),
                Clock.systemUTC());
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
