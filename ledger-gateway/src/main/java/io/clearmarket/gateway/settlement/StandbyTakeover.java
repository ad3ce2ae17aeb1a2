package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.ChainTransaction.Outcome;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.settlement.SettlementProperties.Loop;
import io.clearmarket.gateway.settlement.StandbyStore.End;
import io.clearmarket.gateway.settlement.StandbyStore.Waiting;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.EntitlementBatch.Item;
import io.clearmarket.gateway.settlement.attester.SignedBatch;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * For the day the required organisation's attester is dead: what is due is signed by its standby instead, announced on the contract, and settled by the
 * same signatures once the market's delay is over. An attester that declines, because it is paused or has reached its limit, is not
 * dead. The required one can object until then, and if it is back, it pays as always and the announcement is left alone.
 */
final class StandbyTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyTakeover.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** How the contract says that the required attester objected: usable from the end of time. */
    private static final String NEVER =
            "115792089237316195423570985008687907853269984665640564039457584007913129639935)";

    private final Payouts payouts;
    private final ReadModel readModel;
    private final StandbyStore store;
    private final EscrowChain chain;
    private final AttesterQuorum attesters;
    private final TransactionTemplate transaction;
    private final Loop settings;
    private final Steps steps;
    private final Clock clock;
    private final Turns turns;
    private final Map<EthAddress, Instant> silentSince = new HashMap<>();
    private Instant notBefore = Instant.MIN;
    private Instant noTrialBefore = Instant.MIN;

    StandbyTakeover(
            Payouts payouts,
            ReadModel readModel,
            StandbyStore store,
            EscrowChain chain,
            AttesterQuorum attesters,
            TransactionTemplate transaction,
            Loop settings,
            Steps steps,
            Clock clock) {
        this.payouts = payouts;
        this.readModel = readModel;
        this.store = store;
        this.chain = chain;
        this.attesters = attesters;
        this.transaction = transaction;
        this.settings = settings;
        this.steps = steps;
        this.clock = clock;
        this.turns = new Turns(payouts, settings.batchSize());
    }

    /** Looks up what became of announcements, carries out those whose time has come, and makes new ones if they are needed. */
    void act() {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        notBefore = now.plus(settings.payoutInterval());
        store.open().forEach(this::advance);
        if (!attesters.isAnySilent()) {
            silentSince.clear();
            return;
        }
        silentSince.keySet().removeIf(attester -> !attesters.isSilent(attester));
        waitingByAttesters(now)
                .forEach((set, consignments) -> payouts.market(set)
                        .filter(market -> isDead(market, now))
                        .ifPresent(market -> announce(set, market, consignments, now)));
    }

    /** Due for long, as another gateway may pay what this one can't, and not announced with its newest decision. */
    private Map<Digest, List<Consignment>> waitingByAttesters(Instant now) {
        Map<ConsignmentId, Integer> announced = store.announced(now);
        Map<Digest, List<Consignment>> waiting = new LinkedHashMap<>();
        for (Consignment consignment : turns.next(each -> isWaiting(each, announced, now))) {
            terms(consignment.id())
                    .ifPresent(terms -> waiting.computeIfAbsent(terms.escrow().attesters(), set -> new ArrayList<>())
                            .add(consignment));
        }
        return waiting;
    }

    private boolean isWaiting(Consignment consignment, Map<ConsignmentId, Integer> announced, Instant now) {
        Consignment.Decision newest = consignment.money().decisions().getLast();
        return isLongAgo(newest.at(), now) && announced.getOrDefault(consignment.id(), 0) != newest.number();
    }

    private boolean isDead(MarketConfig market, Instant now) {
        List<MarketConfig.Attester> required = market.requiredAttesters();
        EthAddress first = required.getFirst().address();
        if (required.size() < 2 || !attesters.isSilent(first)) {
            return false;
        }
        return isLongAgo(silentSince.computeIfAbsent(first, attester -> now), now);
    }

    private boolean isLongAgo(Instant instant, Instant now) {
        return !instant.plus(settings.standbyAfter()).isAfter(now);
    }

    private void announce(Digest set, MarketConfig market, List<Consignment> consignments, Instant now) {
        Instant usableAt = now.plusSeconds(market.standbyDelay());
        Instant validUntil = usableAt.plus(settings.validity());
        SignedBatch signed = attesters.standbyEntitlements(market, payouts.batch(market, consignments, validUntil));
        if (signed.isEmpty()) {
            return;
        }
        steps.reached(SettlementStep.STANDBY_SIGNED);
        try {
            transaction.executeWithoutResult(status -> {
                long id = store.store(signed, set, usableAt, validUntil);
                chain.announceStandby(announcement(id), market, signed.digest(), signed.signatureBytes());
            });
        } catch (ChainException.Reverted e) {
            LOG.error("The contract refuses a standby's announcement", e);
            attesters.suspect();
            notBefore = now.plus(AGAIN);
            return;
        }
        steps.reached(SettlementStep.STANDBY_PERSISTED);
        LOG.warn(
                "{}'s attester is silent since {}: its standby is announced for {} payouts, to be made from {} on",
                market.requiredMsp(),
                silentSince.get(market.requiredAttesters().getFirst().address()),
                signed.batch().items().size(),
                usableAt);
    }

    private void advance(Waiting waiting) {
        Optional<Outcome> settled = chain.find(settlement(waiting.id())).map(ChainTransaction::outcome);
        if (settled.isPresent()) {
            switch (settled.get()) {
                case OPEN -> {
                    // sent, or about to be
                }
                case SUCCEEDED -> store.ended(waiting.id(), End.DONE);
                case REVERTED, REPLACED -> store.ended(waiting.id(), End.FAILED);
            }
            return;
        }
        Outcome announced = chain.find(announcement(waiting.id()))
                .map(ChainTransaction::outcome)
                .orElse(Outcome.REPLACED);
        switch (announced) {
            case OPEN -> {
                // the contract does not know of it yet
            }
            case SUCCEEDED -> settleOnceUsable(waiting);
            case REVERTED, REPLACED -> store.ended(waiting.id(), End.FAILED);
        }
    }

    private void settleOnceUsable(Waiting waiting) {
        Instant now = clock.instant();
        List<Item> items = waiting.signed().batch().items();
        if (items.stream().allMatch(this::isPaid)) {
            store.ended(waiting.id(), End.DONE);
        } else if (now.isAfter(waiting.validUntil())) {
            store.ended(waiting.id(), End.FAILED);
        } else if (!now.isBefore(waiting.usableAt()) && !now.isBefore(noTrialBefore)) {
            settle(waiting, now);
        }
    }

    /** The contract is asked whether the delay is over: its clock counts, from the block of the announcement on. */
    private void settle(Waiting waiting, Instant now) {
        SignedBatch signed = waiting.signed();
        MarketConfig market = payouts.market(waiting.attesters())
                .orElseThrow(() -> new IllegalStateException("no market has the attesters " + waiting.attesters()));
        List<Terms> terms = signed.batch().items().stream()
                .map(item -> terms(item.consignmentId())
                        .orElseThrow(() -> new IllegalStateException("no terms of " + item.consignmentId())))
                .toList();
        try {
            chain.settle(
                    settlement(waiting.id()), market, terms, signed.batch().entitlements(), signed.signatureBytes());
            steps.reached(SettlementStep.STANDBY_SETTLING);
        } catch (ChainException.Reverted e) {
            if (e.error().endsWith(NEVER)) {
                LOG.warn("{}'s attester objected to its standby", market.requiredMsp());
                store.ended(waiting.id(), End.OBJECTED);
            } else {
                LOG.info("A standby's batch waits: {}", e.error());
                noTrialBefore = now.plus(settings.payoutInterval());
            }
        }
    }

    private boolean isPaid(Item item) {
        return readModel
                .consignment(item.consignmentId())
                .map(Consignment::money)
                .filter(money -> !item.entitlement().gross().isMoreThan(money.paidGross())
                        && !item.entitlement().payer().isMoreThan(money.paidBuyer()))
                .isPresent();
    }

    private Optional<Terms> terms(ConsignmentId id) {
        return readModel.terms(id).map(SignedTerms::terms);
    }

    private static String announcement(long id) {
        return "standby:" + id;
    }

    private static String settlement(long id) {
        return "standby-settle:" + id;
    }
}
