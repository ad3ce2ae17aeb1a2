package io.clearmarket.chaincode.adapter;

import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;
import static io.clearmarket.chaincode.domain.Bazaar.STRANGER;
import static io.clearmarket.chaincode.domain.Facts.epc;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Outcome;
import io.clearmarket.chaincode.domain.Person;
import java.util.List;

/** How the rules come to refuse: a market in some state, a command, who asks. */
final class Asking {
    private Asking() {}

    interface Asked {
        Command from(Bazaar bazaar);
    }

    interface Brought {
        Evidence from(Bazaar bazaar);
    }

    static Refusal deposit(Brought evidence) {
        return placed(b -> new Command.RecordDeposit(b.id(), ID, evidence.from(b)), STRANGER);
    }

    static Refusal opened(Asked asked, Person by) {
        return refusalOf(Bazaar.opened(), asked, by);
    }

    static Refusal placed(Asked asked, Person by) {
        return refusalOf(Bazaar.opened().placed(), asked, by);
    }

    static Refusal funded(Asked asked, Person by) {
        return refusalOf(Bazaar.opened().funded(), asked, by);
    }

    static Refusal refusalOf(Bazaar bazaar, Asked asked, Person by) {
        return refusalOf(bazaar, asked.from(bazaar), by);
    }

    static Refusal refusalOf(Bazaar bazaar, Command command, Person by) {
        return switch (bazaar.decide(command, by)) {
            case Outcome.Refused refused -> refused.refusal();
            case Outcome.Moved moved -> throw new AssertionError("not refused: " + moved);
        };
    }

    static Command.RecordEvent commissioned(Bazaar bazaar) {
        return new Command.RecordEvent(bazaar.id(), bazaar.event("commissioning", List.of(epc(1))));
    }

    static Command.RecordHandOver handOver(Bazaar bazaar, String epc) {
        return handOver(bazaar, epc, 1);
    }

    static Command.RecordHandOver handOver(Bazaar bazaar, String epc, int nonce) {
        HandOver handOver = new HandOver(
                Bazaar.LEDGER, List.of(epc), BUYER.id(), MERCHANT.id(), bazaar.now, Digest.sha256(new byte[] {
                    (byte) nonce
                }));
        return new Command.RecordHandOver(
                new CommandId("hand-over-" + nonce), handOver, MERCHANT.sign(handOver.canonicalBytes()));
    }
}
