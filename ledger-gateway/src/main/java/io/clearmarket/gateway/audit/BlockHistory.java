package io.clearmarket.gateway.audit;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.fabric.LedgerTransaction;
import io.clearmarket.gateway.fabric.Write;
import io.clearmarket.gateway.readmodel.MoneyHistory;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The history of money from a peer's blocks alone. */
public final class BlockHistory implements MoneyHistory {
    private final List<Change> changes = new ArrayList<>();
    private final List<Told> times = new ArrayList<>();
    private final Map<ConsignmentId, Terms> terms = new HashMap<>();

    /** When a transaction says it was made. */
    private record Told(Place place, Instant at) {}

    /** @param blocks from block 0 on */
    public BlockHistory(List<LedgerBlock> blocks) {
        Map<ConsignmentId, Consignment.Ledgered> standing = new HashMap<>();
        Instant clock = Instant.MIN;
        for (LedgerBlock block : blocks) {
            for (LedgerTransaction transaction : block.transactions()) {
                DomainEvent event = transaction.event();
                if (!transaction.valid() || event == null) {
                    continue;
                }
                Place place = new Place(block.number(), transaction.index());
                times.add(new Told(place, event.at()));
                clock = clock.isBefore(event.at()) ? event.at() : clock;
                apply(place, transaction, event, clock, standing);
            }
        }
    }

    private void apply(
            Place place,
            LedgerTransaction transaction,
            DomainEvent event,
            Instant clock,
            Map<ConsignmentId, Consignment.Ledgered> standing) {
        for (Write write : transaction.writes()) {
            byte[] value = write.value();
            if (value != null && write.kind() == RecordKind.TERMS) {
                Terms signed = Json.MAPPER.readValue(value, SignedTerms.class).terms();
                terms.put(signed.consignmentId(), signed);
            } else if (value != null && write.kind() == RecordKind.CONSIGNMENT) {
                Consignment consignment = Json.MAPPER.readValue(value, Consignment.class);
                ConsignmentId id = consignment.id();
                changes.add(new Change(
                        place,
                        transaction.id(),
                        clock,
                        command(event, id),
                        id,
                        standing.put(id, consignment.money()),
                        consignment.money(),
                        evidence(transaction, id)));
            }
        }
    }

    /** Of a batch the command about this consignment, if there is one kind of them. */
    private static String command(DomainEvent event, ConsignmentId id) {
        List<String> own = event.single().stream()
                .filter(part -> id.equals(part.consignmentId()))
                .map(DomainEvent::command)
                .distinct()
                .toList();
        return own.size() == 1 ? own.getFirst() : event.command();
    }

    /** Its key is (chain, transaction, log). */
    private static @Nullable Evm evidence(LedgerTransaction transaction, ConsignmentId id) {
        for (Write write : transaction.writes()) {
            byte[] value = write.value();
            if (value != null
                    && write.kind() == RecordKind.EVIDENCE
                    && Json.MAPPER
                            .readValue(value, Records.UsedEvidence.class)
                            .consignmentId()
                            .equals(id)) {
                return new Evm(
                        new Digest(write.id().get(1)), Long.parseLong(write.id().get(2)));
            }
        }
        return null;
    }

    @Override
    public Optional<Place> reached(Instant instant) {
        return times.stream()
                .filter(told -> !told.at().isBefore(instant))
                .map(Told::place)
                .findFirst();
    }

    @Override
    public Map<ConsignmentId, Terms> terms(PartyId merchant) {
        return terms.entrySet().stream()
                .filter(entry -> entry.getValue().merchant().equals(merchant))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Standing> standings(PartyId merchant, Place before) {
        Map<String, Standing> last = new TreeMap<>();
        changes.stream()
                .filter(change -> change.place().compareTo(before) < 0 && isOf(change, merchant))
                .forEach(change -> last.put(change.id().value(), new Standing(change.id(), change.after())));
        return List.copyOf(last.values());
    }

    @Override
    public List<Change> changes(PartyId merchant, Place from, Place before) {
        return changes.stream()
                .filter(change -> change.place().compareTo(from) >= 0
                        && change.place().compareTo(before) < 0
                        && isOf(change, merchant)
                        && !change.after().equals(change.before()))
                .toList();
    }

    private boolean isOf(Change change, PartyId merchant) {
        Terms agreed = terms.get(change.id());
        return agreed != null && agreed.merchant().equals(merchant);
    }
}
