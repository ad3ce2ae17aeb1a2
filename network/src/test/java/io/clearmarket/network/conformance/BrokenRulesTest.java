package io.clearmarket.network.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite itself tested: each rule of the embedded network is broken, and a statement must notice. */
class BrokenRulesTest {
    private static final String LEDGER = "network.embedded.ledger.";
    private static final String PEER = "network.embedded.peer.";
    private static final Map<String, Statement> STATEMENTS =
            Suite.statements().stream().collect(Collectors.toMap(Statement::id, Function.identity()));

    @TempDir
    static Path directory;

    private static Session session;

    @BeforeAll
    static void start() throws Exception {
        ByteBuddyAgent.install();
        session = open(directory.resolve("shared"));
    }

    private static Session open(Path folder) throws Exception {
        return Session.open(
                new EmbeddedProvider(),
                Stage.USUAL,
                EnumSet.of(Variant.BARE),
                folder,
                ChaincodeFiles.in(ConformanceTest.ROOT));
    }

    @AfterAll
    static void stop() {
        session.close();
    }

    static Stream<BrokenRule> rules() {
        return Stream.of(
                BrokenRule.of("high-S signatures verify", "wallet.p256.P256", "verify", Breaks.AnyS.class, "26"),
                BrokenRule.of(
                        "signatures are not checked",
                        "network.embedded.msp.X509Identity",
                        "verify",
                        Breaks.True.class,
                        "7"),
                BrokenRule.of(
                        "a role OU is not needed",
                        "network.embedded.msp.X509Identity",
                        "isValid",
                        Breaks.True.class,
                        "76"),
                BrokenRule.of(
                        "certificates never expire",
                        "network.embedded.msp.X509Identity",
                        "expiredAt",
                        Breaks.False.class,
                        "77"),
                BrokenRule.of(
                        "a stranger's certificate is known",
                        "network.embedded.msp.CertificationTree",
                        "isIssuedBy",
                        Breaks.True.class,
                        "8"),
                BrokenRule.of("reads never conflict", LEDGER + "ConflictRules", "holds", Breaks.True.class, "45")
                        .withArguments(3),
                BrokenRule.of("ranges never conflict", LEDGER + "ConflictRules", "holds", Breaks.True.class, "47")
                        .withArguments(2),
                BrokenRule.of(
                        "an id may repeat in a block",
                        LEDGER + "BlockValidator",
                        "refuseRepeatedIds",
                        Breaks.Skipped.class,
                        "30"),
                BrokenRule.of(
                        "re-binding in a block goes unnoticed",
                        LEDGER + "BlockValidator",
                        "refuseAfterRebinding",
                        Breaks.Skipped.class,
                        "53"),
                BrokenRule.of(
                        "policies are always satisfied",
                        LEDGER + "EndorsementRules",
                        "endorsed",
                        Breaks.True.class,
                        "10"),
                BrokenRule.of(
                                "own writes are visible",
                                LEDGER + "StateSimulator",
                                "putState",
                                Breaks.Remember.class,
                                "33")
                        .and(LEDGER + "StateSimulator", "getState", Breaks.Recall.class),
                BrokenRule.of(
                        "a bookmark is the last key seen",
                        LEDGER + "StateSimulator",
                        "page",
                        Breaks.LastKey.class,
                        "38"),
                BrokenRule.of(
                        "the definition is not read",
                        LEDGER + "StateSimulator",
                        "readDefinition",
                        Breaks.Skipped.class,
                        "42"),
                BrokenRule.of(
                                "open ranges hold composite keys",
                                LEDGER + "RangeScan",
                                "of",
                                Breaks.FromTheStart.class,
                                "36")
                        .withArguments(4),
                BrokenRule.of(
                        "history is oldest first", LEDGER + "StateSimulator", "history", Breaks.Reversed.class, "41"),
                BrokenRule.of("private hashes are others", LEDGER + "HashedKeys", "hash", Breaks.OtherHash.class, "67"),
                BrokenRule.of(
                                "endorsements need not match",
                                PEER + "gateway.EndorsementCollection",
                                "add",
                                Breaks.AnyPayload.class,
                                "12")
                        .withArguments(2),
                BrokenRule.of(
                        "filtered blocks carry payloads",
                        PEER + "deliver.BlockContent",
                        "filtered",
                        Breaks.Unfiltered.class,
                        "72"),
                BrokenRule.of(
                        "events of invalid transactions come",
                        PEER + "BlockTransactions$Entry",
                        "code",
                        Breaks.Valid.class,
                        "59"),
                BrokenRule.of(
                        "the client's clock is not looked at",
                        PEER + "endorser.ProposalChecks",
                        "filtered",
                        Breaks.Nothing.class,
                        "77"),
                BrokenRule.of(
                        "transaction ids are not recomputed",
                        PEER + "endorser.ProposalChecks",
                        "header",
                        Breaks.Nothing.class,
                        "28"),
                BrokenRule.of(
                        "the proposal hash is another",
                        PEER + "endorser.Endorsements",
                        "proposalHash",
                        Breaks.OtherHash.class,
                        "29"),
                BrokenRule.of("everybody may read", PEER + "AccessControl", "readDenied", Breaks.Nothing.class, "76"),
                BrokenRule.of(
                        "a second request is answered",
                        PEER + "chaincode.TransactionContext",
                        "beginRequest",
                        Breaks.True.class,
                        "63"),
                BrokenRule.of(
                        "the orderer checks no signature",
                        "network.embedded.orderer.Admission",
                        "rules",
                        Breaks.Nothing.class,
                        "14"),
                BrokenRule.of(
                        "transactions have any size",
                        "network.embedded.orderer.Admission",
                        "size",
                        Breaks.Zero.class,
                        "21"),
                BrokenRule.of("keys are in Java's order", LEDGER + "KeyOrder", "compare", Breaks.JavaOrder.class, "35")
                        .lastingly(),
                BrokenRule.of(
                                "blocks name another predecessor",
                                LEDGER + "BlockHashes",
                                "headerHash",
                                Breaks.OtherBytes.class,
                                "23")
                        .lastingly(),
                BrokenRule.of(
                                "blocks hash other data",
                                LEDGER + "BlockHashes",
                                "dataHash",
                                Breaks.OtherBytes.class,
                                "23")
                        .lastingly(),
                BrokenRule.of("the commit hash is another", LEDGER + "CommitHash", "next", Breaks.OtherHash.class, "27")
                        .lastingly());
    }

    // the handle is only there to be closed
    @SuppressWarnings("try")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void a_broken_rule_is_noticed(BrokenRule rule) throws Exception {
        Optional<Outcome> noticed;
        try (AutoCloseable broken = rule.apply()) {
            noticed = rule.lasting() ? ofItsOwn(rule) : noticed(session, rule);
        }

        assertThat(noticed)
                .as(rule.name() + ": none of " + rule.suspects() + " noticed")
                .isPresent();
        System.out.println(rule.name() + ": noticed by "
                + noticed.get().statement().id() + ", " + noticed.get().seen());
    }

    private static Optional<Outcome> ofItsOwn(BrokenRule rule) throws Exception {
        Path folder = directory.resolve(rule.name().replaceAll("\\W", "-"));
        try (Session own = open(folder)) {
            return noticed(own, rule);
        }
    }

    private static Optional<Outcome> noticed(Session on, BrokenRule rule) {
        return rule.suspects().stream()
                .map(STATEMENTS::get)
                .map(statement -> on.attempt(statement, Variant.BARE))
                .filter(outcome -> outcome.verdict() == Outcome.Verdict.DIFFERENT)
                .findFirst();
    }

    /** Otherwise a suspect would notice anything. */
    @Test
    void the_suspects_hold_when_no_rule_is_broken(@TempDir Path folder) throws Exception {
        List<String> suspects =
                rules().flatMap(rule -> rule.suspects().stream()).distinct().toList();
        try (Session sound = open(folder)) {
            assertThat(suspects.stream().map(STATEMENTS::get).map(each -> sound.attempt(each, Variant.BARE)))
                    .allMatch(outcome -> outcome.verdict() == Outcome.Verdict.HELD);
        }
    }
}
