package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Gtin;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.epcis.warning.ItemWarnings;
import io.clearmarket.gateway.readmodel.ItemEvents;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Items and their events, reviews and parties: open to every caller, since none of it is personal. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Provenance", description = "Items, EPCIS events, reviews and parties")
class ProvenanceQueryController {
    private final ReadModel readModel;
    private final ItemEvents itemEvents;
    private final ItemWarnings warnings;

    ProvenanceQueryController(ReadModel readModel, ItemEvents itemEvents, ItemWarnings warnings) {
        this.readModel = readModel;
        this.itemEvents = itemEvents;
        this.warnings = warnings;
    }

    /** An item with what is wrong with its story. */
    record WarningsAnswer(Epc epc, List<ItemWarnings.Found> warnings) {}

    /**
     * An item with a part of its events by the time they tell, the oldest first.
     *
     * @param declarations that some of these events are in error, by who recorded them
     * @param next the {@code cursor} that asks for the part that follows; absent at the end
     */
    record ItemAnswer(
            Epc epc,
            Records.@Nullable Item item,
            List<Records.Recorded> events,
            List<Records.Recorded> declarations,
            @Nullable String next) {}

    /** A party without its certificate. */
    record PartyAnswer(
            PartyId id,
            String mspId,
            Role role,
            EthAddress address,
            SortedSet<String> accreditedBy,
            boolean accredited,
            SortedSet<String> suspendedBy,
            Records.@Nullable Change change,
            @Nullable PartyId successor,
            @Nullable PartyId predecessor) {
        static PartyAnswer of(Records.Party party) {
            return new PartyAnswer(
                    party.id(),
                    party.mspId(),
                    party.role(),
                    party.address(),
                    party.accreditedBy(),
                    party.isAccredited(),
                    party.suspendedBy(),
                    party.change(),
                    party.successor(),
                    party.predecessor());
        }
    }

    @GetMapping("/items/{epc}/events")
    @Operation(
            summary = "An item's events",
            description =
                    "By the time they tell, the oldest first. epc is urn:epc:id:sgtin:...; for Digital Link names "
                            + "use the path with gtin and serial.")
    Answered<ItemAnswer> events(
            @PathVariable @Pattern(regexp = Epc.SGTIN_FORM) String epc,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        return item(Epc.parse(epc), cursor, limit);
    }

    @GetMapping("/items/01/{gtin}/21/{serial}/events")
    @Operation(summary = "An item's events", description = "The item named by GTIN and serial. Oldest first.")
    Answered<ItemAnswer> events(
            @PathVariable @Pattern(regexp = Gtin.FORM) String gtin,
            @PathVariable @Pattern(regexp = Epc.SERIAL) String serial,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        return item(Epc.of(gtin, serial), cursor, limit);
    }

    @GetMapping("/items/{epc}/warnings")
    @Operation(
            summary = "What is wrong with an item's story",
            description = "Each warning with the events that show it. epc is urn:epc:id:sgtin:...; for Digital Link "
                    + "names use the path with gtin and serial. No warning means that nothing was found, not that "
                    + "nothing is wrong.")
    Answered<WarningsAnswer> warnings(@PathVariable @Pattern(regexp = Epc.SGTIN_FORM) String epc) {
        return warned(Epc.parse(epc));
    }

    @GetMapping("/items/01/{gtin}/21/{serial}/warnings")
    @Operation(summary = "What is wrong with an item's story", description = "The item named by GTIN and serial.")
    Answered<WarningsAnswer> warnings(
            @PathVariable @Pattern(regexp = Gtin.FORM) String gtin,
            @PathVariable @Pattern(regexp = Epc.SERIAL) String serial) {
        return warned(Epc.of(gtin, serial));
    }

    private Answered<WarningsAnswer> warned(Epc epc) {
        return Answered.found(
                readModel.answer(() -> isKnown(epc)
                        ? Optional.of(new WarningsAnswer(epc, warnings.of(epc.uri())))
                        : Optional.<WarningsAnswer>empty()),
                "item",
                epc.uri());
    }

    private boolean isKnown(Epc epc) {
        return readModel.item(epc).isPresent() || itemEvents.count(epc) > 0;
    }

    private Answered<ItemAnswer> item(Epc epc, @Nullable String cursor, int limit) {
        return Answered.found(
                readModel.answer(() -> {
                    if (!isKnown(epc)) {
                        return Optional.<ItemAnswer>empty();
                    }
                    Page<Records.Recorded> events = itemEvents.page(epc, cursor, limit);
                    Records.Item item = readModel.item(epc).orElse(null);
                    return Optional.of(new ItemAnswer(
                            epc, item, events.items(), itemEvents.declarations(events.items()), events.next()));
                }),
                "item",
                epc.uri());
    }

    @GetMapping("/reviews")
    @Operation(summary = "Verified reviews", description = "Of one merchant or of all, newest first.")
    Listed<Records.Review> reviews(
            @RequestParam(required = false) @Nullable PartyId merchant,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        return Listed.of(readModel.answer(() -> readModel.reviews(merchant, cursor, limit)));
    }

    @GetMapping("/parties/{id}")
    @Operation(summary = "A party", description = "Its role, organisation and address on the settlement chain.")
    Answered<PartyAnswer> party(@PathVariable PartyId id) {
        return Answered.found(readModel.answer(() -> readModel.party(id).map(PartyAnswer::of)), "party", id.value());
    }
}
