package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Context;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Ledger;
import io.clearmarket.chaincode.domain.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random commands, one by one on one ledger and in batches on another; both must end the same, receipts included. */
final class BatchedTrade {
    private static final int BATCHES = 8;
    private static final int LONGEST = 6;
    private static final int TRIES = 5;

    private final List<Person> people;
    private int ownWritesSeen;

    BatchedTrade(List<Person> people) {
        this.people = people;
    }

    /** In how many batches so far more than one command took effect. */
    int ownWritesSeen() {
        return ownWritesSeen;
    }

    void requireSame(int seed) {
        Random random = new Random(seed);
        Bazaar bazaar =
                seed % 2 == 0 ? Bazaar.opened().funded() : Bazaar.opened().disputed();
        Ledger oneByOne = bazaar.ledger.copy();
        Ledger batched = bazaar.ledger.copy();
        RandomTrade trade =
                new RandomTrade(ID, CARRIER.id(), random, bazaar::id, epcs -> bazaar.event("inspecting", epcs));
        List<CommandId> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            Person by = people.get(random.nextInt(people.size()));
            Context context = new Context(by.asker(), bazaar.now);
            List<Batch.Step> steps = new ArrayList<>();
            int moved = 0;
            for (int length = 1 + random.nextInt(LONGEST); length > 0; length--) {
                Command command = next(trade, context, oneByOne);
                moved += isDone(command, context, oneByOne) ? 1 : 0;
                steps.add(Batch.Step.of(command));
            }
            Batch batch = new Batch(bazaar.id(), Batch.Mode.EACH, steps);
            batches.add(batch.commandId());
            assertThat(isDone(batch, context, batched)).as("%s", batch).isEqualTo(moved > 0);
            ownWritesSeen += moved > 1 ? 1 : 0;
            bazaar.later(Duration.ofHours(random.nextInt(40)));
        }
        assertThat(withoutReceipts(batched, batches)).isEqualTo(oneByOne.asText());
    }

    /** Something that will be accepted if a few tries find it, or anything. */
    private static Command next(RandomTrade trade, Context context, Ledger ledger) {
        Command command = null;
        for (int tries = 0; command == null || (tries < TRIES && !isDone(command, context, ledger.copy())); tries++) {
            command = trade.next(ledger.get(Keys.consignment(ID)), Facts.items());
        }
        return command;
    }

    private static boolean isDone(Command command, Context context, Ledger ledger) {
        try {
            Commands.effect(command, context, ledger).writes().forEach(ledger::put);
            return true;
        } catch (RequestRefused refused) {
            return false;
        }
    }

    private static boolean isDone(Batch batch, Context context, Ledger ledger) {
        try {
            Batches.effect(batch, context, ledger).writes().forEach(ledger::put);
            return true;
        } catch (RequestRefused refused) {
            return false;
        }
    }

    /** All but what a batch leaves of its own: its receipt. */
    private Map<String, String> withoutReceipts(Ledger ledger, List<CommandId> batches) {
        Map<String, String> text = ledger.asText();
        for (CommandId batch : batches) {
            people.forEach(
                    person -> text.remove(Keys.receipt(person.id(), batch).composite()));
        }
        return text;
    }
}
