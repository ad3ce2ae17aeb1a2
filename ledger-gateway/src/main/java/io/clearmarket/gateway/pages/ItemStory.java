package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.ErrorDeclaration;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.provenance.GeoPoint;
import io.clearmarket.gateway.readmodel.ItemEvents;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about one item, for whoever holds it in their hands. Buyers are nobody's business: they appear as
 * "a buyer", without an id.
 *
 * @param custodian who has it, absent where nothing says so
 * @param since when it came to them
 * @param status what became of it in its last sale, as a message key
 * @param warnings what a reader should know first, as message keys; by the whole story
 * @param steps a part of the story, by the time that the events tell
 * @param first the number of the first of the steps in the whole story, from 1
 * @param total how many events the whole story has
 */
record ItemStory(
        Epc epc,
        @Nullable Who custodian,
        @Nullable Instant since,
        String status,
        List<String> warnings,
        List<Step> steps,
        int first,
        int total) {
    /** So many events, with their proofs, a phone loads within its bound. */
    static final int PART = 20;

    private static final Set<String> BAD_NEWS =
            Set.of("recalled", "stolen", "destroyed", "damaged", "expired", "non_conformant", "no_pedigree_match");

    ItemStory {
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
    }

    /**
     * A party as the public may know it.
     *
     * @param id absent for a buyer
     */
    record Who(Role role, @Nullable PartyId id) {}

    /**
     * One recorded event.
     *
     * @param mspId the organisation that certified who signed
     * @param error that who recorded it declared it to be in error
     */
    record Step(
            Instant time,
            String type,
            @Nullable String bizStep,
            @Nullable String disposition,
            @Nullable String place,
            Who by,
            String mspId,
            Instant recordedAt,
            String eventId,
            Digest document,
            @Nullable ErrorDeclaration error) {}

    /** The journey through those places of the steps that have coordinates. */
    Optional<JourneyMap> map() {
        return JourneyMap.of(
                steps.stream().map(step -> GeoPoint.of(step.place())).toList(), first);
    }

    /** The number of the last of the steps. */
    public int last() {
        return first + steps.size() - 1;
    }

    /** True if the steps are the whole story. */
    public boolean isWhole() {
        return steps.size() == total;
    }

    /** The number that the part before this one ends with. */
    public @Nullable Integer earlier() {
        return first > 1 ? first - 1 : null;
    }

    /** The number that the part after this one ends with. */
    public @Nullable Integer later() {
        return last() < total ? Math.min(total, last() + PART) : null;
    }

    /** True if the event of this number is one of the steps. */
    boolean shows(int number) {
        return number >= first && number <= last();
    }

    /** The number that the part with the event of this number ends with, counted from the newest. */
    int partOf(int number) {
        return total - (total - number) / PART * PART;
    }

    /** The newest part of the story, if the ledger knows the item. */
    static Optional<ItemStory> newest(ReadModel readModel, ItemEvents itemEvents, Epc epc) {
        return of(readModel, itemEvents, epc, Integer.MAX_VALUE, PART);
    }

    /**
     * A part of the story, if the ledger knows the item.
     *
     * @param until the number of the last step; one that no event has is the nearest that one has
     * @param most how many steps, 1 or more
     */
    static Optional<ItemStory> of(ReadModel readModel, ItemEvents itemEvents, Epc epc, int until, int most) {
        Optional<Records.Item> item = readModel.item(epc);
        int total = itemEvents.count(epc);
        if (item.isEmpty() && total == 0) {
            return Optional.empty();
        }
        ConsignmentId sale = item.map(Records.Item::consignmentId).orElse(null);
        Consignment consignment =
                sale == null ? null : readModel.consignment(sale).orElse(null);
        int last = Math.clamp(until, Math.min(1, total), total);
        int first = Math.max(1, last - most + 1);
        List<Records.Recorded> events = itemEvents.numbered(epc, first, last);
        Map<String, ErrorDeclaration> errors = new HashMap<>();
        for (Records.Recorded declared : itemEvents.declarations(events)) {
            errors.put(
                    declared.event().eventId(),
                    Objects.requireNonNull(declared.event().errorDeclaration()));
        }
        return Optional.of(new ItemStory(
                epc,
                item.map(found -> who(readModel, found.custodian())).orElse(null),
                item.map(Records.Item::since).orElse(null),
                status(consignment),
                warnings(consignment, itemEvents.newest(epc).map(Records.Recorded::event)),
                events.stream()
                        .map(event ->
                                step(readModel, event, errors.get(event.event().eventId())))
                        .toList(),
                first,
                total));
    }

    private static Step step(ReadModel readModel, Records.Recorded recorded, @Nullable ErrorDeclaration error) {
        EpcisRecord event = recorded.event();
        return new Step(
                event.eventTime(),
                event.type(),
                event.bizStep(),
                event.disposition(),
                event.readPoint() == null ? event.bizLocation() : event.readPoint(),
                who(readModel, recorded.by()),
                recorded.mspId(),
                recorded.recordedAt(),
                event.eventId(),
                event.document(),
                error);
    }

    private static Who who(ReadModel readModel, PartyId id) {
        Role role = readModel.party(id).map(Records.Party::role).orElse(Role.BUYER);
        return new Who(role, role == Role.BUYER ? null : id);
    }

    private static String status(@Nullable Consignment sale) {
        if (sale == null) {
            return "item.status.unsold";
        }
        return "item.status." + sale.goods().name();
    }

    private static List<String> warnings(@Nullable Consignment sale, Optional<EpcisRecord> newest) {
        List<String> warnings = new ArrayList<>();
        newest.map(EpcisRecord::disposition)
                .filter(BAD_NEWS::contains)
                .ifPresent(last -> warnings.add("disposition." + last));
        if (sale != null && sale.dispute() != null) {
            warnings.add("item.warning.disputed");
        }
        return warnings;
    }
}
