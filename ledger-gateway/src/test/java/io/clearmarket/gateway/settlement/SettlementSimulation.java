package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainSimulation;
import io.clearmarket.gateway.chain.ChainTransaction;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.chain.VirtualChain;
import io.clearmarket.gateway.chain.VirtualNode;
import io.clearmarket.gateway.chain.VirtualSignatures;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.AttesterQuorum;
import io.clearmarket.gateway.settlement.attester.LocalAttester;
import io.clearmarket.gateway.submission.SubmissionSimulation;
import io.clearmarket.gateway.testing.Bug;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.gateway.testing.MemoryDatabase;
import io.clearmarket.gateway.testing.TestProperties;
import io.clearmarket.wallet.eth.EthAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One schedule: orders are settled while everything goes wrong, then nothing does, and soon nothing may be pending. The engine's own classes run
 * over a virtual clock, network, chain and ledger; what goes wrong, and when, follows from the seed.
 */
final class SettlementSimulation {
    private static final Duration TROUBLE = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double DEATH = 0.003;

    /** In one of so many schedules the required attester is dead, and its standby is there. */
    private static final int STANDBY_IN = 8;

    private static final Duration STANDBY_AFTER = Duration.ofSeconds(3);

    /** Two payouts, one after the other, each announced and its delay waited for. */
    private static final Duration STANDBY_PATIENCE = Duration.ofSeconds(20);

    /**
     * How a schedule went.
     *
     * @param wrong what should not have happened; empty if all is well
     * @param afterwards how long after the trouble nothing was pending any more
     * @param deathsAt steps at which the process died
     */
    record Report(long seed, List<String> wrong, Duration afterwards, int deaths, Set<SettlementStep> deathsAt) {}

    private final long seed;
    private final Chaos chaos;
    private final VirtualClock clock = new VirtualClock();
    private final MemoryDatabase disk;
    private final ChainSimulation chainSide;
    private final VirtualChain chain;
    private final SubmissionSimulation submissionSide;
    private final VirtualLedger ledger;
    private final FactStore facts;
    private final PayoutStore payouts;
    private final StandbyStore standby;
    private final VirtualReadModel readModel;
    private final Map<ConsignmentId, SignedTerms> signedTerms = new LinkedHashMap<>();
    private final List<VirtualTrade> trades = new ArrayList<>();
    private final List<Attester> attesters;
    private final boolean onStandby;
    private final Agenda agenda = new Agenda(clock);
    private final Set<SettlementStep> deathsAt = EnumSet.noneOf(SettlementStep.class);
    private VirtualEngine engine;
    private int deaths;

    private SettlementSimulation(long seed, Set<Bug> bugs) {
        this.seed = seed;
        this.chaos = new Chaos(seed, DEATH);
        this.disk = new MemoryDatabase(() -> chaos.point("committing"));
        this.chainSide = new ChainSimulation(VirtualMarket.DEPLOYMENT, disk, clock, chaos, bugs);
        this.chain = chainSide.chain();
        this.submissionSide = new SubmissionSimulation(disk, bugs);
        this.ledger = new VirtualLedger(chaos, clock, new VirtualRules(VirtualMarket.CONFIG, chain::isFinal));
        this.facts = StoreBugs.facts(disk, clock, bugs);
        this.payouts = StoreBugs.payouts(disk, bugs);
        this.standby = new MemoryStandbyStore(disk);
        this.readModel = new VirtualReadModel(ledger, VirtualMarket.CONFIG, signedTerms);
        int broken = chaos.choose(4);
        this.onStandby = seed % STANDBY_IN == STANDBY_IN - 2;
        Attester audit = attester("AuditMSP", VirtualMarket.AUDIT);
        List<Attester> running = new ArrayList<>(List.of(
                onStandby ? BrokenAttester.dead(audit) : audit,
                BrokenAttester.orNot(broken == 0, chaos, attester("PlatformMSP", VirtualMarket.PLATFORM)),
                BrokenAttester.orNot(broken == 1, chaos, attester("MerchantsMSP", VirtualMarket.MERCHANTS))));
        if (onStandby) {
            running.add(attester("AuditMSP", VirtualMarket.STANDBY));
        }
        this.attesters = List.copyOf(running);
        place();
        this.engine = start();
    }

    /** Runs the schedule of a seed, with these bugs in the engine. */
    static Report run(long seed, Set<Bug> bugs) {
        return new SettlementSimulation(seed, bugs).run();
    }

    private void place() {
        for (Terms terms : VirtualMarket.ORDERS.subList(0, 1 + chaos.choose(VirtualMarket.ORDERS.size()))) {
            signedTerms.put(terms.consignmentId(), new SignedTerms(terms, "", ""));
            ledger.rules().place(VirtualMarket.placed(terms));
            trades.add(new VirtualTrade(terms));
        }
    }

    private Attester attester(String mspId, EthAddress address) {
        VirtualNode node = chainSide.attestersNode();
        Steps steps = this::reached;
        return new LocalAttester(
                mspId,
                VirtualMarket.LEDGER,
                VirtualSignatures.signer(address),
                chainSide.attestersReader(node),
                ledger::ask,
                steps.afterReserving(outflows -> Map.of()),
                clock);
    }

    /** A new process over the same disk. */
    private VirtualEngine start() {
        ProbedSteps steps = this::reached;
        EscrowChain opened = chainSide.open(steps);
        SubmissionSimulation.Running submitting = submissionSide.open(ledger, ledger, steps, properties(), clock);
        AttesterQuorum quorum = new AttesterQuorum(attesters, VirtualSignatures::recover);
        SettlementProperties.Loop settings = new SettlementProperties.Loop(
                "settlement", Duration.ofMillis(400), Duration.ofSeconds(1), 50, Duration.ofMinutes(30), STANDBY_AFTER);
        Payouts paying = new Payouts(readModel, payouts, opened, quorum, disk.transaction(), settings, steps, clock);
        StandbyTakeover takeover = new StandbyTakeover(
                paying, readModel, standby, opened, quorum, disk.transaction(), settings, steps, clock);
        EvidenceRecorder recorder = new EvidenceRecorder(
                facts, readModel, quorum, submitting.submissions(), VirtualMarket.GATEWAY, steps, InlineExecutor::new);
        SettlementLoop loop = new SettlementLoop(
                opened,
                new ChainFollower(opened, facts, steps),
                paying,
                takeover,
                recorder,
                settings.interval(),
                () -> Mode.RUNNING);
        return new VirtualEngine(
                opened,
                new Deposits(opened, steps, VirtualSignatures::recover),
                submitting.submissions(),
                loop.rounds(),
                submitting.resend(),
                submitting.stop());
    }

    private void reached(SettlementStep step) {
        // deadlier than other points: these are what the engine is made around; a standby's are rare
        if (chaos.happens(DEATH * (step.compareTo(SettlementStep.STANDBY_SIGNED) < 0 ? 10 : 100))) {
            deathsAt.add(step);
            throw chaos.death(step.name());
        }
    }

    private static GatewayProperties properties() {
        return TestProperties.of(VirtualMarket.LEDGER, true, Duration.ZERO);
    }

    private Report run() {
        Instant calm = clock.after(TROUBLE);
        Instant end = calm.plus(onStandby ? PATIENCE.plus(STANDBY_PATIENCE) : PATIENCE);
        everybodyActs();
        boolean settled = false;
        while (!settled && clock.instant().isBefore(end)) {
            if (!chaos.isOver() && !clock.instant().isBefore(calm)) {
                chaos.end();
                chain.price(1);
                chainSide.nodes().forEach(VirtualNode::wander);
            }
            try {
                agenda.next();
            } catch (Chaos.Death death) {
                deaths++;
                restart();
            }
            settled = chaos.isOver() && isNothingPending();
        }
        return new Report(seed, wrong(settled), Duration.between(calm, clock.instant()), deaths, deathsAt);
    }

    private void restart() {
        engine.stop().run();
        agenda.drop();
        trades.forEach(VirtualTrade::processDied);
        engine = start();
        engineActs();
    }

    private void everybodyActs() {
        agenda.every(Duration.ofSeconds(1), () -> chain.mine(clock.instant()));
        agenda.every(Duration.ofMillis(300), ledger::cutBlock);
        agenda.every(Duration.ofMillis(250), ledger::deliver);
        agenda.every(Duration.ofMillis(700), this::trouble);
        engineActs();
    }

    private void engineActs() {
        engine.rounds().forEach(rounds -> agenda.engine(Duration.ofMillis(chaos.choose(1_000)), rounds::next));
        agenda.engine(Duration.ofSeconds(1), () -> {
            engine.resend().run();
            return Duration.ofSeconds(1);
        });
        agenda.engine(Duration.ofMillis(chaos.choose(500)), () -> {
            trades.forEach(this::trade);
            return Duration.ofMillis(900);
        });
    }

    private void trade(VirtualTrade trade) {
        trade.step(engine, now(trade));
    }

    private Consignment now(VirtualTrade trade) {
        return Objects.requireNonNull(ledger.rules().consignments().get(trade.id()));
    }

    private void trouble() {
        if (chaos.isOver()) {
            return;
        }
        chainSide.nodes().forEach(VirtualNode::wander);
        if (chaos.happens(0.06)) {
            chain.reorganise(clock.instant());
        }
        if (chaos.happens(0.05)) {
            chain.drop();
        }
        if (chaos.happens(0.02)) {
            chain.takeNonce();
        }
        if (chaos.happens(0.12)) {
            chain.price(1 + chaos.choose(2) * chaos.choose(20));
        }
    }

    private boolean isNothingPending() {
        return trades.stream().allMatch(trade -> trade.isDone(now(trade)))
                && facts.open() == 0
                && engine.chain().open() == 0
                && payouts.open().isEmpty()
                && standby.open().isEmpty()
                && submissionSide.sent() == 0;
    }

    private List<String> wrong(boolean settled) {
        List<String> wrong = new ArrayList<>(ledger.rules().violations());
        if (!settled) {
            wrong.add("long after the trouble there are pending: facts " + facts.open() + ", transactions "
                    + engine.chain().open() + ", batches " + payouts.open() + ", of a standby "
                    + standby.open().size() + ", submissions "
                    + submissionSide.sent());
        }
        trades.forEach(trade -> wrong.addAll(trade.violations(now(trade), chain.finalState())));
        for (ChainTransaction signed : chainSide.signed()) {
            Boolean succeeded = chain.fate(signed.hash()).orElse(null);
            boolean right = switch (signed.outcome()) {
                case OPEN -> true;
                case SUCCEEDED -> Boolean.TRUE.equals(succeeded);
                case REVERTED -> Boolean.FALSE.equals(succeeded);
                case REPLACED -> succeeded == null;
            };
            if (!right) {
                wrong.add(signed + " is not what the chain says");
            }
        }
        return wrong;
    }
}
