package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.amount;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Ledger;
import io.clearmarket.chaincode.domain.Person;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final CommandId BATCH = new CommandId("batch-0001");
    private final Bazaar bazaar = Bazaar.opened().funded();

    @Test
    void each_command_sees_what_those_before_it_did() {
        Effect effect = commit(Batch.Mode.ALL_OR_NOTHING, accept(1, 2), accept(2, 3), accept(3, 4));
        assertThat(effect.answer().event().parts())
                .extracting(DomainEvent.Part::refusal)
                .containsOnlyNulls()
                .hasSize(3);
        assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.of(6));
        assertThat(bazaar.version()).isEqualTo(5);
    }

    @Test
    void a_refused_command_refuses_all_or_itself() {
        Command[] commands = {accept(1, 2), accept(1, 2), accept(1, 3)};
        assertThat(refusal(Batch.Mode.ALL_OR_NOTHING, commands)).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(RefusalCode.WRONG_VERSION);
            assertThat(refusal.message()).startsWith("command 2 of 3, accept: ");
        });
        List<DomainEvent.Part> parts =
                commit(Batch.Mode.EACH, commands).answer().event().parts();
        assertThat(parts).extracting(part -> part.event() == null).containsExactly(false, true, false);
        assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.of(2));
    }

    @Test
    void a_batch_of_which_nothing_takes_effect_is_refused_and_leaves_no_trace() {
        assertThat(refusal(Batch.Mode.EACH, accept(1, 9), accept(1, 8)).code()).isEqualTo(RefusalCode.WRONG_VERSION);
    }

    @Test
    void a_command_takes_effect_once_alone_or_in_whichever_batch() {
        Command alone = accept(1, 2);
        Commands.effect(alone, context(BUYER), bazaar.ledger).writes().forEach(bazaar.ledger::put);
        Command second = accept(1, 3);
        List<DomainEvent.Part> parts = commit(Batch.Mode.ALL_OR_NOTHING, alone, second, second)
                .answer()
                .event()
                .parts();
        assertThat(parts).extracting(DomainEvent.Part::repeated).containsExactly(true, false, true);
        assertThat(Commands.effect(second, context(BUYER), bazaar.ledger)
                        .answer()
                        .repeated())
                .isTrue();
        assertThat(bazaar.consignment().money().gross()).isEqualTo(Amount.of(2));
    }

    @Test
    void a_repeated_batch_answers_as_the_first_time_and_with_another_content_is_refused() {
        Command[] commands = {accept(1, 2), accept(1, 9)};
        Effect first = commit(Batch.Mode.EACH, commands);
        Effect again = effect(Batch.Mode.EACH, commands);
        assertThat(again.answer().repeated()).isTrue();
        assertThat(again.writes()).isEmpty();
        assertThat(again.answer().event()).isEqualTo(first.answer().event());
        assertThat(refusal(Batch.Mode.EACH, accept(1, 3)).code()).isEqualTo(RefusalCode.COMMAND_ID_REUSED);
    }

    @Test
    void what_is_no_command_is_refused_where_it_stands() {
        Command accept = accept(1, 2);
        Batch.Step sound = Batch.Step.of(accept);
        assertThat(refusalOf(new Batch(BATCH, Batch.Mode.ALL_OR_NOTHING, List.of(sound, step("batch", sound))))
                        .code())
                .as("no batch in a batch")
                .isEqualTo(RefusalCode.UNKNOWN_COMMAND);
        assertThat(refusalOf(new Batch(BATCH, Batch.Mode.ALL_OR_NOTHING, List.of(step("rule", sound))))
                        .message())
                .contains("command 1 of 1, rule: part is not a member");
        assertThat(refusalOf(new Batch(accept.commandId(), Batch.Mode.ALL_OR_NOTHING, List.of(sound)))
                        .code())
                .isEqualTo(RefusalCode.INVALID_VALUE);
        for (int count : new int[] {0, Batch.MOST + 1}) {
            assertThat(refusalOf(new Batch(BATCH, Batch.Mode.EACH, Collections.nCopies(count, sound)))
                            .code())
                    .isEqualTo(RefusalCode.INVALID_VALUE);
        }
    }

    /** {@code -Dclearmarket.batches=2000} for more histories. */
    @Test
    void batches_do_what_the_same_commands_do_one_by_one() {
        int histories = Integer.getInteger("clearmarket.batches", 12);
        BatchedTrade trade = new BatchedTrade(List.of(BUYER, MERCHANT, CARRIER, Bazaar.ARBITER));
        for (int seed = 0; seed < histories; seed++) {
            trade.requireSame(seed);
        }
        assertThat(trade.ownWritesSeen())
                .as("batches in which a command built on another")
                .isGreaterThan(histories / 4);
    }

    private Command accept(long units, long version) {
        return new Command.Accept(bazaar.id(), ID, version, amount(units));
    }

    private static Batch.Step step(String name, Batch.Step of) {
        return new Batch.Step(name, of.command());
    }

    private Effect commit(Batch.Mode mode, Command... commands) {
        Effect effect = effect(mode, commands);
        effect.writes().forEach(bazaar.ledger::put);
        return effect;
    }

    private Effect effect(Batch.Mode mode, Command... commands) {
        return Batches.effect(batch(mode, commands), context(BUYER), bazaar.ledger);
    }

    /** Refused, and the ledger is as it was. */
    private Refusal refusal(Batch.Mode mode, Command... commands) {
        return refusalOf(batch(mode, commands));
    }

    private Refusal refusalOf(Batch batch) {
        Ledger before = bazaar.ledger.copy();
        Refusal refusal = RefusalCodesTest.ofRequest(() -> Batches.effect(batch, context(BUYER), bazaar.ledger));
        assertThat(bazaar.ledger.asText()).isEqualTo(before.asText());
        return refusal;
    }

    private static Batch batch(Batch.Mode mode, Command... commands) {
        return new Batch(
                BATCH, mode, Arrays.stream(commands).map(Batch.Step::of).toList());
    }

    private Context context(Person by) {
        return new Context(by.asker(), bazaar.now);
    }
}
