package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.provenance.GeoPoint;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param warnings what a reader should know first, as message keys
 */
record ItemStory(
        Epc epc,
        @Nullable Who custodian,
        @Nullable Instant since,
        String status,
        List<String> warnings,
        List<Step> steps) {
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
            Digest document) {}

    /** The journey through those places that have coordinates. */
    Optional<JourneyMap> map() {
        return JourneyMap.of(
                steps.stream().map(step -> GeoPoint.of(step.place())).toList());
    }

    /** The story, if the ledger knows the item. */
    static Optional<ItemStory> of(ReadModel readModel, Epc epc) {
        Optional<Records.Item> item = readModel.item(epc);
        List<Records.Recorded> events = readModel.itemEvents(epc);
        if (item.isEmpty() && events.isEmpty()) {
            return Optional.empty();
        }
        ConsignmentId sale = item.map(Records.Item::consignmentId).orElse(null);
        Consignment consignment =
                sale == null ? null : readModel.consignment(sale).orElse(null);
        List<Step> steps = events.stream().map(event -> step(readModel, event)).toList();
        return Optional.of(new ItemStory(
                epc,
                item.map(found -> who(readModel, found.custodian())).orElse(null),
                item.map(Records.Item::since).orElse(null),
                status(consignment),
                warnings(consignment, events),
                steps));
    }

    private static Step step(ReadModel readModel, Records.Recorded recorded) {
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
                event.document());
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

    private static List<String> warnings(@Nullable Consignment sale, List<Records.Recorded> events) {
        List<String> warnings = new ArrayList<>();
        if (!events.isEmpty()) {
            String last = events.getLast().event().disposition();
            if (last != null && BAD_NEWS.contains(last)) {
                warnings.add("disposition." + last);
            }
        }
        if (sale != null && sale.dispute() != null) {
            warnings.add("item.warning.disputed");
        }
        return warnings;
    }
}
