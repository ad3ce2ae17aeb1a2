package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ConsignmentFilter;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Version;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.eth.EthAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders, consignments and their money, as far as the caller has a part in them. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Orders", description = "Orders, consignments and escrow")
class OrderQueryController {
    private final ReadModel readModel;
    private final MoneyAudit audit;

    OrderQueryController(ReadModel readModel, MoneyAudit audit) {
        this.readModel = readModel;
        this.audit = audit;
    }

    /** An order with those of its consignments that the caller has a part in. */
    record OrderAnswer(Records.Order order, List<Consignment> consignments) {}

    /** A consignment with its terms. */
    record ConsignmentAnswer(Consignment consignment, Terms terms) {}

    /** A consignment's money. */
    record EscrowAnswer(
            ConsignmentId consignmentId,
            Digest escrowId,
            Asset asset,
            Consignment.Ledgered money,
            boolean settled,
            List<String> breaches) {}

    @GetMapping("/orders/{id}")
    @Operation(summary = "An order", description = "With those of its consignments that you have a part in.")
    Answered<OrderAnswer> order(Caller caller, @PathVariable String id) {
        OrderId order = new OrderId(id);
        return Answered.found(readModel.answer(() -> order(Viewers.of(caller), order)), "order", id);
    }

    private Optional<OrderAnswer> order(Viewer viewer, OrderId id) {
        ConsignmentFilter ofOrder = ConsignmentFilter.of(id);
        List<Consignment> seen = readModel
                .consignments(viewer, ofOrder, null, ReadModel.MAX_LIMIT)
                .items();
        return readModel
                .order(id)
                .filter(order -> !seen.isEmpty())
                .map(order -> new OrderAnswer(order, seen.reversed()));
    }

    @GetMapping("/orders")
    @Operation(summary = "Orders", description = "Those you placed or sell a part of, newest first.")
    Listed<Records.Order> orders(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        return Listed.of(readModel.answer(() -> readModel.orders(Viewers.of(caller), cursor, limit)));
    }

    @GetMapping("/consignments/{id}")
    @Operation(summary = "A consignment", description = "Goods, money, deadlines and the terms that both sides signed.")
    Answered<ConsignmentAnswer> consignment(Caller caller, @PathVariable String id) {
        ConsignmentId consignment = new ConsignmentId(id);
        return Answered.found(
                readModel.answer(() -> visible(caller, consignment)
                        .flatMap(seen -> readModel
                                .terms(consignment)
                                .map(signed -> new ConsignmentAnswer(seen, signed.terms())))),
                "consignment",
                id);
    }

    @GetMapping("/consignments")
    @Operation(
            summary = "Consignments",
            description =
                    "Those you have a part in, newest first. state: where the goods are, or open, or closed; arbiter: of"
                            + " the terms; referrer: an EVM address; dueBefore: the timer that runs ends before this instant.")
    Listed<Consignment> consignments(
            Caller caller,
            @RequestParam(required = false) @Nullable String merchant,
            @RequestParam(required = false) @Nullable String buyer,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String arbiter,
            @RequestParam(required = false) @Nullable String referrer,
            @RequestParam(required = false) @Nullable String dueBefore,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        ConsignmentFilter filter = new ConsignmentFilter(
                Viewers.party("merchant", merchant),
                Viewers.party("buyer", buyer),
                goods(state),
                closed(state),
                null,
                Viewers.party("arbiter", arbiter),
                address(referrer),
                instant(dueBefore));
        return Listed.of(readModel.answer(() -> readModel.consignments(Viewers.of(caller), filter, cursor, limit)));
    }

    @GetMapping("/consignments/{id}/history")
    @Operation(summary = "Every version of a consignment", description = "With who, when, transaction and command.")
    Listed<Version> history(Caller caller, @PathVariable String id) {
        ConsignmentId consignment = new ConsignmentId(id);
        Answered<List<Version>> versions = Answered.found(
                readModel.answer(() -> visible(caller, consignment)
                        .map(seen -> readModel.history(
                                RecordKind.CONSIGNMENT, seen.id().value()))),
                "consignment",
                id);
        return new Listed<>(versions.value(), null, versions.asOf());
    }

    @GetMapping("/escrow/{consignmentId}")
    @Operation(
            summary = "A consignment's money",
            description =
                    "settled: all that was decided has been seen paid. breaches: rules of money that do not hold.")
    Answered<EscrowAnswer> escrow(Caller caller, @PathVariable String consignmentId) {
        ConsignmentId id = new ConsignmentId(consignmentId);
        return Answered.found(
                readModel.answer(() -> visible(caller, id)
                        .map(seen -> new EscrowAnswer(
                                id,
                                seen.escrowId(),
                                seen.asset(),
                                seen.money(),
                                seen.money().isSettled(),
                                audit.conservation(id)
                                        .map(MoneyAudit.Line::breaches)
                                        .orElse(List.of())))),
                "consignment",
                consignmentId);
    }

    private Optional<Consignment> visible(Caller caller, ConsignmentId id) {
        return readModel.maySee(Viewers.of(caller), id) ? readModel.consignment(id) : Optional.empty();
    }

    private static @Nullable EthAddress address(@Nullable String referrer) {
        try {
            return referrer == null ? null : EthAddress.parse(referrer);
        } catch (IllegalArgumentException e) {
            throw new InvalidQuery("referrer", referrer, "an EVM address");
        }
    }

    private static @Nullable Instant instant(@Nullable String dueBefore) {
        try {
            return dueBefore == null ? null : Instant.parse(dueBefore);
        } catch (DateTimeException e) {
            throw new InvalidQuery("dueBefore", dueBefore, "an instant such as 2026-11-24T12:00:00Z");
        }
    }

    private static Consignment.@Nullable Goods goods(@Nullable String state) {
        if (state == null || closed(state) != null) {
            return null;
        }
        try {
            return Consignment.Goods.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidQuery("state", state, "open, closed, placed, shipped, delivered or a state of a return");
        }
    }

    private static @Nullable Boolean closed(@Nullable String state) {
        if ("closed".equalsIgnoreCase(state)) {
            return true;
        }
        return "open".equalsIgnoreCase(state) ? false : null;
    }
}
