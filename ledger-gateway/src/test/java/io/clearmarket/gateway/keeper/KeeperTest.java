package io.clearmarket.gateway.keeper;

import static io.clearmarket.gateway.testing.LedgerFixture.MERCHANT;
import static io.clearmarket.gateway.testing.LedgerFixture.held;
import static io.clearmarket.gateway.testing.LedgerFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.gateway.readmodel.ReadModelFixture;
import io.clearmarket.gateway.submission.Outcome;
import io.clearmarket.gateway.submission.SubmissionFailure;
import io.clearmarket.gateway.submission.Submissions;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.OneIdentity;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A keeper whose calls for some consignments come to nothing. */
class KeeperTest {
    private static final ManagedIdentity IDENTITY = new ManagedIdentity("settlement", signer(), null);
    private static final Instant LONG_AFTER = LedgerFixture.START.plus(Duration.ofDays(400));

    private final LedgerFixture ledger = new LedgerFixture();
    private final ReadModelFixture readModel = new ReadModelFixture(TestDatabase.create());
    private final Set<String> called = ConcurrentHashMap.newKeySet();

    @Test
    void a_consignment_that_others_keep_changing_holds_up_no_other() {
        overdue("a-busy", 1);
        overdue("b-calm", 2);
        Keeper keeper = keeper(id -> {
            if (id.startsWith("a-busy")) {
                throw new SubmissionFailure(SubmissionFailure.Kind.CONFLICT, "others keep changing it", null);
            }
            return new Outcome.Committed("tx", 1, 0);
        });

        assertThat(keeper.callWhatIsDue(IDENTITY, LONG_AFTER)).isEqualTo(2);
    }

    @Test
    void consignments_whose_commands_are_refused_hold_up_none_behind_them() {
        overdue("a-refused", 2 * Keeper.AT_ONCE);
        overdue("b-calm", 3);
        Keeper keeper = keeper(id -> id.startsWith("a-refused")
                ? new Outcome.Refused(new Refusal(RefusalCode.TOO_LATE, "no"))
                : new Outcome.Committed("tx", 1, 0));

        for (int look = 0; look < 3; look++) {
            keeper.callWhatIsDue(IDENTITY, LONG_AFTER);
        }

        assertThat(called).anyMatch(id -> id.startsWith("b-calm"));
    }

    @Test
    void where_more_is_due_than_one_look_calls_the_next_look_is_at_once() throws InterruptedException {
        overdue("a-calm", Keeper.AT_ONCE);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3 * Keeper.AT_ONCE);
        Keeper keeper = keeper(Duration.ofHours(1), id -> {
            third.countDown();
            return calls.incrementAndGet() <= 2 * Keeper.AT_ONCE
                    ? new Outcome.Committed("tx", 1, 0)
                    : new Outcome.Refused(new Refusal(RefusalCode.TOO_LATE, "no"));
        });

        keeper.start();
        assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();
        keeper.stop();
    }

    private void overdue(String order, int count) {
        for (int i = 100; i < 100 + count; i++) {
            Consignment placed = ledger.place(order + "-" + i, MERCHANT);
            Consignment delivered = with(placed, Consignment.Goods.DELIVERED, held(1000));
            ledger.change(inspected(delivered), "consignment.delivered", "deliver", MERCHANT);
        }
        readModel.apply(ledger.seal());
    }

    private static Consignment inspected(Consignment c) {
        Instant end = LedgerFixture.START.plusSeconds(60);
        return new Consignment(
                c.id(),
                c.orderId(),
                c.buyer(),
                c.merchant(),
                c.asset(),
                c.termsHash(),
                c.escrowId(),
                c.version(),
                c.goods(),
                c.money(),
                new Consignment.Deadlines(null, null, null, end, null, null, null, null, null, LONG_AFTER),
                null,
                c.carrier(),
                c.items(),
                c.returning(),
                c.acceptedLines(),
                c.refundedLines(),
                false);
    }

    private Keeper keeper(Function<String, Outcome> ledgerSays) {
        return keeper(Duration.ofSeconds(5), ledgerSays);
    }

    private Keeper keeper(Duration interval, Function<String, Outcome> ledgerSays) {
        Submissions submissions = (Submissions) Proxy.newProxyInstance(
                Submissions.class.getClassLoader(), new Class<?>[] {Submissions.class}, (proxy, method, arguments) -> {
                    Command.ReleaseInspected command = (Command.ReleaseInspected) arguments[1];
                    called.add(command.consignmentId().value());
                    return ledgerSays.apply(command.consignmentId().value());
                });
        return new Keeper(
                new KeeperProperties("settlement", interval),
                readModel.model(),
                submissions,
                new OneIdentity(IDENTITY));
    }

    private static SigningIdentity signer() {
        KeyPair pair = P256.generate();
        return new SigningIdentity(
                "PlatformMSP",
                DevelopmentCa.create("PlatformMSP", "ca")
                        .issue(pair.getPublic(), CertificateRequest.pseudonymous("platform", pair.getPublic())),
                pair.getPrivate());
    }
}
