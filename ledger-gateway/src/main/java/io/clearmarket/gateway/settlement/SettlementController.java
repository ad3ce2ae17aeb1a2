package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.chain.EscrowChain;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.Caller;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What settlement does and what waits for it; an operator pauses it, or lets it only say what it would do. */
@RestController
@RequestMapping("/api/v1/settlement")
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class SettlementController {
    private final ModeStore modes;
    private final EscrowChain chain;
    private final FactStore facts;
    private final Payouts payouts;

    SettlementController(ModeStore modes, EscrowChain chain, FactStore facts, Payouts payouts) {
        this.modes = modes;
        this.chain = chain;
        this.facts = facts;
        this.payouts = payouts;
    }

    /** @param mode the one wanted */
    record Wanted(Mode mode) {}

    /**
     * A payout that is due.
     *
     * @param gross to the merchant's side, cumulative
     * @param buyer back to the buyer, cumulative
     */
    record Due(ConsignmentId consignmentId, int decision, Amount gross, Amount buyer) {
        static Due of(Consignment consignment) {
            Consignment.Decision newest = consignment.money().decisions().getLast();
            return new Due(consignment.id(), newest.number(), newest.gross(), newest.buyer());
        }
    }

    /**
     * How settlement stands.
     *
     * @param transactionsOpen signed for the settlement chain and not final
     * @param factsOpen read from the chain and not on the ledger
     * @param factsStuck of those, the ones that were tried several times
     * @param due the payouts of the next batch, as far as the attesters agree
     */
    record View(
            Mode mode,
            String changedBy,
            Instant changedAt,
            long transactionsOpen,
            long factsOpen,
            long factsStuck,
            List<Due> due) {}

    /** For operators and auditors. */
    @GetMapping
    View settlement(@AuthenticationPrincipal Caller caller) {
        if (!caller.is(Role.OPERATOR) && !caller.is(Role.AUDITOR)) {
            throw refused("settlement is seen by operators and auditors");
        }
        return view();
    }

    /** Changes the mode, for all gateways on this database, until it is changed again. */
    @PutMapping
    View settlement(@RequestBody Wanted wanted, @AuthenticationPrincipal Caller caller) {
        if (!caller.is(Role.OPERATOR)) {
            throw refused("settlement is paused and resumed by operators");
        }
        modes.change(wanted.mode(), caller.subject());
        return view();
    }

    private View view() {
        ModeStore.Setting setting = modes.current();
        return new View(
                setting.mode(),
                setting.changedBy(),
                setting.changedAt(),
                chain.open(),
                facts.open(),
                facts.stuck(),
                payouts.due().stream().map(Due::of).toList());
    }

    private static RuntimeException refused(String why) {
        return CodedProblem.of(HttpStatus.FORBIDDEN, "NOT_ALLOWED", why, "use an operator's token");
    }
}
