package io.clearmarket.gateway.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DueCommandTest {
    private static final Instant DEADLINE = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant STOP = DEADLINE.plusSeconds(3600);
    private static final PartyId PARTY = new PartyId("1".repeat(64));

    private static Consignment consignment(Goods goods, long deposited, Consignment.@Nullable Dispute dispute) {
        Consignment.Ledgered none = Consignment.Ledgered.NOTHING;
        Consignment.Ledgered money = new Consignment.Ledgered(
                Amount.of(deposited),
                Amount.of(deposited),
                none.gross(),
                none.merchant(),
                none.fee(),
                none.referrer(),
                none.buyer(),
                none.paidGross(),
                none.paidBuyer(),
                List.of());
        ConsignmentId id = new ConsignmentId("order-0001.1");
        return new Consignment(
                id,
                id.orderId(),
                PARTY,
                PARTY,
                new Asset("eip155:1/erc20:0x" + "0".repeat(39) + "1"),
                Digest.ZERO,
                Digest.ZERO,
                7,
                goods,
                money,
                new Consignment.Deadlines(
                        DEADLINE, DEADLINE, DEADLINE, DEADLINE, DEADLINE, DEADLINE, DEADLINE, DEADLINE, DEADLINE, STOP),
                dispute,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static @Nullable Class<?> due(Consignment consignment, int arbiters, Instant now) {
        return DueCommand.of(consignment, arbiters, now).map(Object::getClass).orElse(null);
    }

    @Test
    void each_state_has_its_command_thirty_seconds_after_its_deadline_and_not_before() {
        Instant due = DEADLINE.plus(DueCommand.GRACE);
        Consignment.Dispute open = Consignment.Dispute.opened(Digest.ZERO);
        Consignment.Dispute ruled =
                new Consignment.Dispute(Consignment.Dispute.Status.RULED, 0, Digest.ZERO, null, null, List.of());
        assertDue(consignment(Goods.PLACED, 0, null), 1, Command.ExpireUnpaid.class, due);
        assertDue(consignment(Goods.PLACED, 5, null), 1, Command.RefundUnshipped.class, due);
        assertDue(consignment(Goods.SHIPPED, 5, null), 1, Command.OpenLost.class, due);
        assertDue(consignment(Goods.DELIVERED, 5, null), 1, Command.ReleaseInspected.class, due);
        assertDue(consignment(Goods.RETURN_REQUESTED, 5, null), 1, Command.ReturnLapsed.class, due);
        assertDue(consignment(Goods.RETURN_SHIPPED, 5, null), 1, Command.OpenReturnLost.class, due);
        assertDue(consignment(Goods.RETURNED, 5, null), 1, Command.RefundReturned.class, due);
        assertDue(consignment(Goods.SHIPPED, 5, open), 2, Command.ReplaceArbiter.class, due);
        assertDue(consignment(Goods.SHIPPED, 5, open), 1, Command.DefaultSplit.class, due);
        assertDue(consignment(Goods.SHIPPED, 5, ruled), 1, Command.Finalise.class, due);
    }

    private static void assertDue(Consignment consignment, int arbiters, Class<?> command, Instant from) {
        assertThat(due(consignment, arbiters, from)).isEqualTo(command);
        assertThat(due(consignment, arbiters, from.minusNanos(1))).isNull();
    }

    @Test
    void after_the_stop_date_nothing_is_called_that_starts_a_timer() {
        Instant late = STOP.plusSeconds(1);
        Consignment.Dispute open = Consignment.Dispute.opened(Digest.ZERO);
        assertThat(due(consignment(Goods.SHIPPED, 5, open), 2, STOP)).isEqualTo(Command.ReplaceArbiter.class);
        assertThat(due(consignment(Goods.SHIPPED, 5, open), 2, late)).isEqualTo(Command.DefaultSplit.class);
        assertThat(due(consignment(Goods.SHIPPED, 5, null), 1, late)).isNull();
        assertThat(due(consignment(Goods.RETURN_SHIPPED, 5, null), 1, late)).isNull();
        assertThat(due(consignment(Goods.DELIVERED, 5, null), 1, late)).isEqualTo(Command.ReleaseInspected.class);
    }

    @Test
    void keepers_that_look_at_the_same_version_call_with_the_same_id() {
        Consignment late = consignment(Goods.PLACED, 5, null);
        Instant now = DEADLINE.plusSeconds(60);
        assertThat(DueCommand.of(late, 1, now)).isEqualTo(DueCommand.of(late, 1, now.plusSeconds(5)));
    }
}
