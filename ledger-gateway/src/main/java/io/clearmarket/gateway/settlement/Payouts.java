package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Decision;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.EscrowTypes.Entitlement;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Version;
import io.clearmarket.gateway.settlement.PayoutStore.Sent;
import io.clearmarket.gateway.settlement.SettlementProperties.Loop;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch.Item;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.wallet.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings decisions of the ledger to the escrow contract: what is decided and not paid becomes an entitlement, a quorum
 * signs a batch of them, and one transaction pays them. Amounts are cumulative, so a batch too many is harmless.
 */
final class Payouts {
    private static final Logger LOG = LoggerFactory.getLogger(Payouts.class);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);

    private final ReadModel readModel;
    private final PayoutStore store;
    private final EscrowChain chain;
    private final AttesterQuorum attesters;
    private final TransactionTemplate transaction;
    private final Loop settings;
    private final Steps steps;
    private final Clock clock;
    private final Turns turns;
    private final Map<Digest, MarketConfig> markets = new ConcurrentHashMap<>();
    private Instant notBefore = Instant.MIN;

    Payouts(
            ReadModel readModel,
            PayoutStore store,
            EscrowChain chain,
            AttesterQuorum attesters,
            TransactionTemplate transaction,
            Loop settings,
            Steps steps,
            Clock clock) {
        this.readModel = readModel;
        this.store = store;
        this.chain = chain;
        this.attesters = attesters;
        this.transaction = transaction;
        this.settings = settings;
        this.steps = steps;
        this.clock = clock;
        this.turns = new Turns(this, settings.batchSize());
    }

    /** Looks up what became of batches, and sends what is due. */
    void pay() {
        store.open().forEach(this::finish);
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        notBefore = clock.instant().plus(settings.payoutInterval());
        Map<Digest, List<Consignment>> due = new LinkedHashMap<>();
        Map<ConsignmentId, Terms> terms = new LinkedHashMap<>();
        for (Consignment consignment : turns.next(any -> true)) {
            readModel.terms(consignment.id()).ifPresent(signed -> {
                terms.put(consignment.id(), signed.terms());
                due.computeIfAbsent(signed.terms().escrow().attesters(), set -> new ArrayList<>())
                        .add(consignment);
            });
        }
        due.forEach((set, consignments) -> market(set)
                .ifPresentOrElse(
                        market -> send(market, consignments, terms),
                        () -> LOG.error("No market configuration has the attester set {}", set)));
    }

    /** The first batch of those that are due. */
    List<Consignment> due() {
        return due(null, any -> true);
    }

    /**
     * Decided, not paid, and not under way with its newest decision; at most a batch.
     *
     * @param start those behind it; null for the first
     */
    List<Consignment> due(@Nullable ConsignmentId start, Predicate<Consignment> wanted) {
        List<Consignment> due = new ArrayList<>();
        @Nullable ConsignmentId after = start;
        while (due.size() < settings.batchSize()) {
            List<Consignment> unpaid = readModel.unpaid(after, ReadModel.MAX_LIMIT);
            if (unpaid.isEmpty()) {
                break;
            }
            Map<ConsignmentId, Sent> sent =
                    store.sent(unpaid.stream().map(Consignment::id).toList());
            unpaid.stream()
                    .filter(consignment -> isDue(consignment, sent.get(consignment.id())) && wanted.test(consignment))
                    .limit(settings.batchSize() - due.size())
                    .forEach(due::add);
            after = unpaid.getLast().id();
        }
        return due;
    }

    private boolean isDue(Consignment consignment, @Nullable Sent sent) {
        List<Decision> decisions = consignment.money().decisions();
        return !decisions.isEmpty()
                && (sent == null
                        || sent.decision() != decisions.getLast().number()
                        || sent.validUntil().isBefore(clock.instant()));
    }

    private void send(MarketConfig market, List<Consignment> consignments, Map<ConsignmentId, Terms> terms) {
        Instant validUntil = clock.instant().plus(settings.validity());
        SignedBatch signed = attesters.entitlements(market, batch(market, consignments, validUntil));
        if (signed.isEmpty()) {
            return;
        }
        steps.reached(SettlementStep.PAYOUT_SIGNED);
        try {
            persist(market, signed, terms);
        } catch (ChainException.Reverted e) {
            LOG.error(
                    "The contract refuses a batch of {}", signed.batch().items().size(), e);
            attesters.suspect();
            notBefore = clock.instant().plus(AFTER_REFUSAL);
            return;
        }
        steps.reached(SettlementStep.PAYOUT_PERSISTED);
    }

    /** What the newest decisions entitle to. */
    EntitlementBatch batch(MarketConfig market, List<Consignment> consignments, Instant validUntil) {
        return new EntitlementBatch(
                EscrowTypes.escrowDomain(chain.chainId(), chain.contract()),
                consignments.stream()
                        .map(consignment -> new Item(consignment.id(), entitlement(market, consignment, validUntil)))
                        .toList());
    }

    /** The batch and the signed transaction that carries it become durable together. */
    private void persist(MarketConfig market, SignedBatch signed, Map<ConsignmentId, Terms> terms) {
        transaction.executeWithoutResult(status -> {
            long id = store.store(signed);
            chain.settle(
                    purpose(id),
                    market,
                    signed.batch().items().stream()
                            .map(item -> termsOf(item, terms))
                            .toList(),
                    signed.batch().entitlements(),
                    signed.signatureBytes());
        });
    }

    private static Terms termsOf(Item item, Map<ConsignmentId, Terms> terms) {
        Terms found = terms.get(item.consignmentId());
        if (found == null) {
            throw new IllegalStateException("no terms of consignment " + item.consignmentId());
        }
        return found;
    }

    private void finish(long batch) {
        ChainTransaction.Outcome outcome =
                chain.find(purpose(batch)).map(ChainTransaction::outcome).orElse(ChainTransaction.Outcome.REPLACED);
        switch (outcome) {
            case OPEN -> {
                // sent, or about to be
            }
            case SUCCEEDED -> {
                steps.reached(SettlementStep.PAYOUT_FINAL);
                store.done(batch);
            }
            case REVERTED, REPLACED -> {
                LOG.warn("Batch {} took no effect: {}", batch, outcome);
                transaction.executeWithoutResult(status -> store.failed(batch));
            }
        }
    }

    private static Entitlement entitlement(MarketConfig market, Consignment consignment, Instant validUntil) {
        Decision newest = consignment.money().decisions().getLast();
        return new Entitlement(
                consignment.escrowId(),
                EscrowTypes.ledgerId(market.ledger()),
                EscrowTypes.decisionId(newest.number()),
                newest.gross(),
                newest.buyer(),
                validUntil.getEpochSecond());
    }

    /** The configuration, of whatever version, whose attester set the terms name. */
    Optional<MarketConfig> market(Digest attesters) {
        if (!markets.containsKey(attesters)) {
            String next = null;
            do {
                Page<Version> part =
                        readModel.history(RecordKind.MARKET, List.of("current"), next, ReadModel.MAX_LIMIT);
                part.items().forEach(this::keep);
                next = part.next();
            } while (next != null);
        }
        return Optional.ofNullable(markets.get(attesters));
    }

    private void keep(Version version) {
        if (version.value() != null) {
            MarketConfig market = Json.MAPPER.treeToValue(version.value(), MarketConfig.class);
            markets.put(EscrowTypes.attesterSetHash(market), market);
        }
    }

    private static String purpose(long batch) {
        return "settle:" + batch;
    }
}
