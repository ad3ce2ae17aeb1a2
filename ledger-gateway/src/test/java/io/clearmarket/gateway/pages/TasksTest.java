package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.gateway.pages.Tasks.Kind;
import io.clearmarket.gateway.pages.Tasks.Task;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TasksTest {
    private static final Instant AT = Instant.parse("2026-12-01T00:00:00Z");
    private static final Dispute OPEN = Dispute.opened(Digest.ZERO);
    private static final Dispute RULED = new Dispute(Dispute.Status.RULED, 0, Digest.ZERO, null, null, List.of());

    @Test
    void what_is_paid_for_and_not_shipped_is_to_be_shipped_and_what_is_not_paid_for_is_not() {
        assertThat(task(consignment(1, Goods.PLACED, 5, null))).isEqualTo(Kind.SHIP);
        assertThat(Tasks.of(List.of(consignment(1, Goods.PLACED, 0, null)))).isEmpty();
    }

    @Test
    void nothing_is_to_be_done_while_others_have_the_goods() {
        assertThat(Tasks.of(List.of(
                        consignment(1, Goods.SHIPPED, 5, null),
                        consignment(2, Goods.DELIVERED, 5, null),
                        consignment(3, Goods.RETURN_SHIPPED, 5, null))))
                .isEmpty();
    }

    @Test
    void returns_ask_for_a_look_before_and_after_they_arrive() {
        assertThat(task(consignment(1, Goods.RETURN_REQUESTED, 5, null))).isEqualTo(Kind.RETURN_ASKED);
        assertThat(task(consignment(1, Goods.RETURNED, 5, null))).isEqualTo(Kind.RETURN_ARRIVED);
    }

    @Test
    void a_dispute_goes_before_where_the_goods_are() {
        assertThat(task(consignment(1, Goods.RETURNED, 5, OPEN))).isEqualTo(Kind.DISPUTED);
        assertThat(task(consignment(1, Goods.SHIPPED, 5, RULED))).isEqualTo(Kind.RULED);
    }

    @Test
    void the_most_urgent_is_first() {
        assertThat(Tasks.of(List.of(
                        consignment(9, Goods.PLACED, 5, null),
                        consignment(2, Goods.RETURNED, 5, null),
                        consignment(4, Goods.SHIPPED, 5, OPEN))))
                .extracting(Task::due)
                .containsExactly(AT.plusSeconds(2), AT.plusSeconds(4), AT.plusSeconds(9));
    }

    private static Kind task(Consignment consignment) {
        return Tasks.of(List.of(consignment)).getFirst().kind();
    }

    /** Every timer ends so many seconds after {@link #AT}. */
    private static Consignment consignment(int seconds, Goods goods, long held, @Nullable Dispute dispute) {
        Instant due = AT.plusSeconds(seconds);
        Amount amount = Amount.of(held);
        Amount none = Amount.ZERO;
        return new Consignment(
                new ConsignmentId("order-000" + seconds + ".1"),
                new OrderId("order-000" + seconds),
                new PartyId("aa".repeat(32)),
                new PartyId("bb".repeat(32)),
                Asset.erc20(1, EthAddress.ZERO),
                Digest.ZERO,
                Digest.ZERO,
                1,
                goods,
                new Ledgered(amount, amount, none, none, none, none, none, none, none, List.of()),
                new Deadlines(due, due, due, due, due, due, due, due, due, due),
                dispute,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                false);
    }
}
