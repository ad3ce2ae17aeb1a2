package io.clearmarket.gateway.keeper;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Which command time has made legal for a consignment: trade rules, the commands of "anybody". */
final class DueCommand {
    /** A deadline is past for the ledger only this long after it. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private DueCommand() {}

    /**
     * The command that is due at this moment, if one is. Its id follows from the consignment's version, so several keepers
     * that call it together have one effect.
     *
     * @param arbiters how many the terms name
     */
    static Optional<Command> of(Consignment consignment, int arbiters, Instant now) {
        if (consignment.closed()) {
            return Optional.empty();
        }
        Consignment.Dispute dispute = consignment.dispute();
        Consignment.Deadlines deadlines = consignment.deadlines();
        if (dispute != null) {
            return ofDispute(consignment, dispute, arbiters, now);
        }
        if (consignment.money().deposited().isZero()) {
            return past(deadlines.payBy(), now, consignment, Command.ExpireUnpaid.class, Command.ExpireUnpaid::new);
        }
        return switch (consignment.goods()) {
            case PLACED ->
                past(deadlines.shipBy(), now, consignment, Command.RefundUnshipped.class, Command.RefundUnshipped::new);
            case SHIPPED ->
                isStopped(consignment, now)
                        ? Optional.empty()
                        : past(deadlines.deliverBy(), now, consignment, Command.OpenLost.class, Command.OpenLost::new);
            case DELIVERED ->
                past(
                        deadlines.inspectUntil(),
                        now,
                        consignment,
                        Command.ReleaseInspected.class,
                        Command.ReleaseInspected::new);
            case RETURN_REQUESTED ->
                past(deadlines.returnShipBy(), now, consignment, Command.ReturnLapsed.class, Command.ReturnLapsed::new);
            case RETURN_SHIPPED ->
                isStopped(consignment, now)
                        ? Optional.empty()
                        : past(
                                deadlines.returnDeliverBy(),
                                now,
                                consignment,
                                Command.OpenReturnLost.class,
                                Command.OpenReturnLost::new);
            case RETURNED ->
                past(
                        deadlines.returnInspectUntil(),
                        now,
                        consignment,
                        Command.RefundReturned.class,
                        Command.RefundReturned::new);
        };
    }

    private static Optional<Command> ofDispute(
            Consignment consignment, Consignment.Dispute dispute, int arbiters, Instant now) {
        Consignment.Deadlines deadlines = consignment.deadlines();
        return switch (dispute.status()) {
            case RULED ->
                past(deadlines.appealUntil(), now, consignment, Command.Finalise.class, Command.Finalise::new);
            case OPEN ->
                dispute.substitute(arbiters).isPresent() && !isStopped(consignment, now)
                        ? past(
                                deadlines.arbiterBy(),
                                now,
                                consignment,
                                Command.ReplaceArbiter.class,
                                Command.ReplaceArbiter::new)
                        : past(
                                deadlines.arbiterBy(),
                                now,
                                consignment,
                                Command.DefaultSplit.class,
                                Command.DefaultSplit::new);
        };
    }

    /** After the stop date nothing may begin that takes time: no dispute, and no other arbiter. */
    private static boolean isStopped(Consignment consignment, Instant now) {
        return now.isAfter(consignment.deadlines().stopDate());
    }

    private static <C extends Command> Optional<Command> past(
            @Nullable Instant deadline,
            Instant now,
            Consignment consignment,
            Class<C> type,
            BiFunction<CommandId, ConsignmentId, C> command) {
        if (deadline == null || now.isBefore(deadline.plus(GRACE))) {
            return Optional.empty();
        }
        CommandId id = new CommandId("keeper:" + consignment.version() + ":" + CommandName.of(type) + ":"
                + consignment.id().value());
        return Optional.of(command.apply(id, consignment.id()));
    }
}
