package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ConsignmentFilter;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Version;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
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

    /** A published offer, and the hash that terms cite it by. */
    record OfferAnswer(Digest hash, SaleOffer offer) {}

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
    Answered<OrderAnswer> order(Caller caller, @PathVariable OrderId id) {
        return Answered.found(readModel.answer(() -> order(Viewers.of(caller), id)), "order", id.value());
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
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        return Listed.of(readModel.answer(() -> readModel.orders(Viewers.of(caller), cursor, limit)));
    }

    @GetMapping("/consignments/{id}")
    @Operation(summary = "A consignment", description = "Goods, money, deadlines and the terms that both sides signed.")
    Answered<ConsignmentAnswer> consignment(Caller caller, @PathVariable ConsignmentId id) {
        return Answered.found(
                readModel.answer(() -> visible(caller, id)
                        .flatMap(seen ->
                                readModel.terms(id).map(signed -> new ConsignmentAnswer(seen, signed.terms())))),
                "consignment",
                id.value());
    }

    @GetMapping("/consignments")
    @Operation(
            summary = "Consignments",
            description =
                    "Those you have a part in, newest first. state: where the goods are, or open, or closed; arbiter: of"
                            + " the terms; referrer: an EVM address; dueBefore: the timer that runs ends before this instant.")
    Listed<Consignment> consignments(
            Caller caller,
            @RequestParam(required = false) @Nullable PartyId merchant,
            @RequestParam(required = false) @Nullable PartyId buyer,
            @RequestParam(required = false) @Nullable ConsignmentState state,
            @RequestParam(required = false) @Nullable PartyId arbiter,
            @RequestParam(required = false) @Nullable EthAddress referrer,
            @RequestParam(required = false) @Nullable Instant dueBefore,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        ConsignmentState wanted = state == null ? ConsignmentState.ANY : state;
        ConsignmentFilter filter = new ConsignmentFilter(
                merchant, buyer, wanted.goods(), wanted.closed(), null, arbiter, referrer, dueBefore);
        return Listed.of(readModel.answer(() -> readModel.consignments(Viewers.of(caller), filter, cursor, limit)));
    }

    @GetMapping("/consignments/{id}/history")
    @Operation(
            summary = "Every version of a consignment",
            description = "Oldest first, with who, when, transaction, command and endorsers.")
    Listed<Version> history(
            Caller caller,
            @PathVariable ConsignmentId id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        Answered<Page<Version>> versions = Answered.found(
                readModel.answer(() -> visible(caller, id)
                        .map(seen -> readModel.history(RecordKind.CONSIGNMENT, List.of(id.value()), cursor, limit))),
                "consignment",
                id.value());
        return new Listed<>(versions.value().items(), versions.value().next(), versions.asOf());
    }

    @GetMapping("/consignments/{id}/cases")
    @Operation(
            operationId = "consignmentCases",
            summary = "What buyer and merchant asked each other about a consignment",
            description =
                    "Questions and complaints with their answers, by number, at most 99. For its parties, the arbiters"
                            + " of its terms, and auditors. text and answer are commitments: whom the words concern reads them at"
                            + " /private-fields. answeredAt after answerBy is late.")
    Listed<Records.Case> cases(
            Caller caller,
            @PathVariable ConsignmentId id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        Answered<Page<Records.Case>> cases = Answered.found(
                readModel.answer(() -> visible(caller, id).map(seen -> readModel.cases(id, cursor, limit))),
                "consignment",
                id.value());
        return new Listed<>(cases.value().items(), cases.value().next(), cases.asOf());
    }

    @GetMapping("/consignments/{id}/evidence")
    @Operation(
            operationId = "consignmentEvidence",
            summary = "What buyer and merchant laid before the arbiters of a consignment",
            description =
                    "Documents by their SHA-256, the oldest first, at most 20 of each side. For its parties, the arbiters of"
                            + " its terms, and auditors, who read them at /documents.")
    Listed<Records.Exhibit> evidence(Caller caller, @PathVariable ConsignmentId id) {
        Answered<List<Records.Exhibit>> exhibits = Answered.found(
                readModel.answer(() -> visible(caller, id).map(seen -> readModel.exhibits(id))),
                "consignment",
                id.value());
        return new Listed<>(exhibits.value(), null, exhibits.asOf());
    }

    @GetMapping("/offers")
    @Operation(
            operationId = "publishedOffers",
            summary = "What merchants offer",
            description =
                    "Offers that terms can cite by their hash, newest first; of one merchant or of all. Open to every"
                            + " caller.")
    Listed<OfferAnswer> offers(
            @RequestParam(required = false) @Nullable PartyId merchant,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        return Listed.of(readModel.answer(
                () -> readModel.offers(merchant, cursor, limit).map(offer -> new OfferAnswer(offer.hash(), offer))));
    }

    @GetMapping("/escrow/{consignmentId}")
    @Operation(
            summary = "A consignment's money",
            description =
                    "settled: all that was decided has been seen paid. breaches: rules of money that do not hold.")
    Answered<EscrowAnswer> escrow(Caller caller, @PathVariable ConsignmentId consignmentId) {
        return Answered.found(
                readModel.answer(() -> visible(caller, consignmentId)
                        .map(seen -> new EscrowAnswer(
                                consignmentId,
                                seen.escrowId(),
                                seen.asset(),
                                seen.money(),
                                seen.money().isSettled(),
                                audit.conservation(consignmentId)
                                        .map(MoneyAudit.Line::breaches)
                                        .orElse(List.of())))),
                "consignment",
                consignmentId.value());
    }

    private Optional<Consignment> visible(Caller caller, ConsignmentId id) {
        return readModel.maySee(Viewers.of(caller), id) ? readModel.consignment(id) : Optional.empty();
    }
}
