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
import io.clearmarket.gateway.settlement.SettlementProperties.AttesterProperties;
import io.clearmarket.gateway.settlement.attester.Decided;
import io.clearmarket.gateway.settlement.attester.LocalAttester;
import io.clearmarket.gateway.settlement.attester.OutflowGuard;
import io.clearmarket.gateway.settlement.attester.RemoteAttester;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Opens attesters as they are configured: by the address of their door, or with their key in this process. */
@Component
class AttesterFactory {
    private final GatewayProperties gateway;
    private final LedgerClient ledger;
    private final SigningIdentity gatewayIdentity;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final CrashPoints steps;
    private final MeterRegistry metrics;

    AttesterFactory(
            GatewayProperties gateway,
            LedgerClient ledger,
            SigningIdentity gatewayIdentity,
            JdbcClient database,
            TransactionTemplate transaction,
            CrashPoints steps,
            MeterRegistry metrics) {
        this.gateway = gateway;
        this.ledger = ledger;
        this.gatewayIdentity = gatewayIdentity;
        this.database = database;
        this.transaction = transaction;
        this.steps = steps;
        this.metrics = metrics;
    }

    AskedAttesters.Asked open(AttesterProperties properties, NodeViews nodes, EscrowChain chain) {
        URI url = properties.url();
        return url == null ? local(properties, nodes, chain) : remote(properties, url);
    }

    private AskedAttesters.Asked remote(AttesterProperties properties, URI url) {
        String address = properties.address();
        if (address == null) {
            throw new IllegalArgumentException(
                    "the attester at " + url + " has no address: it is not believed whose key it has");
        }
        if (properties.key() != null || properties.token() != null) {
            throw new IllegalArgumentException("the attester at " + url + " has its key itself: name none here");
        }
        RemoteAttester attester = new RemoteAttester(
                new RemoteAttester.Settings(properties.mspId(), EthAddress.parse(address), url, properties.timeout()),
                gatewayIdentity,
                Clock.systemUTC(),
                metrics);
        return new AskedAttesters.Asked(attester, attester);
    }

    private AskedAttesters.Asked local(AttesterProperties properties, NodeViews nodes, EscrowChain chain) {
        EthSigner key = KeyFiles.open(properties.key(), properties.passphrase(), properties.token());
        EscrowReader node = properties.rpcUrl() == null ? chain : nodes.open(properties.rpcUrl());
        OutflowGuard guard = new OutflowGuard(key.address(), properties.limit(), database, transaction);
        LocalAttester attester = new LocalAttester(
                properties.mspId(),
                gateway.ledger(),
                key,
                node,
                ids -> decided(properties.mspId(), ids),
                steps.afterReserving(guard),
                Clock.systemUTC(),
                properties.longestValidity());
        return new AskedAttesters.Asked(attester, guard);
    }

    private Map<ConsignmentId, Decided> decided(String mspId, List<ConsignmentId> ids) {
        List<String> arguments = Stream.concat(
                        Stream.of(RecordKind.CONSIGNMENT.objectType()),
                        ids.stream().map(ConsignmentId::value))
                .toList();
        JsonNode records = Json.MAPPER.readTree(ledger.evaluate(mspId, QueryName.GET_ALL, arguments));
        Map<ConsignmentId, Decided> found = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!records.path(i).isNull()) {
                Decided.of(Json.MAPPER.treeToValue(records.path(i), Consignment.class))
                        .ifPresent(decided -> found.put(decided.id(), decided));
            }
        }
        return found;
    }
}
