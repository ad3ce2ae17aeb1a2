package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.SaleOffer;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.ConsignmentFilter;
import io.clearmarket.gateway.readmodel.EventPosition;
import io.clearmarket.gateway.readmodel.MarketEvent;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Version;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What settlement asks of the read model, answered from a {@link VirtualLedger} that is read late; anything else throws. */
final class VirtualReadModel implements ReadModel {
    /** The same in every run. */
    private static final JsonNode MARKET_RECORD = Json.MAPPER.valueToTree(VirtualMarket.CONFIG);

    private final VirtualLedger ledger;
    private final MarketConfig market;
    private final Map<ConsignmentId, SignedTerms> terms;

    VirtualReadModel(VirtualLedger ledger, MarketConfig market, Map<ConsignmentId, SignedTerms> terms) {
        this.ledger = ledger;
        this.market = market;
        this.terms = terms;
    }

    @Override
    public <T> Optional<T> record(RecordKind kind, Class<T> type, String... id) {
        Object found = switch (kind) {
            case MARKET -> market;
            case TERMS -> terms.get(new ConsignmentId(id[0]));
            case CONSIGNMENT -> ledger.seenByReader().get(new ConsignmentId(id[0]));
            default -> throw notAsked();
        };
        return Optional.ofNullable(found).map(type::cast);
    }

    @Override
    public List<Records.Case> cases(ConsignmentId id) {
        return List.of();
    }

    @Override
    public List<Records.Exhibit> exhibits(ConsignmentId id) {
        return List.of();
    }

    @Override
    public Page<Version> history(RecordKind kind, List<String> id, @Nullable String cursor, int limit) {
        Version only = new Version(0, 0, "tx", null, "AuditMSP", Instant.EPOCH, null, null, MARKET_RECORD, List.of());
        return new Page<>(List.of(only), null);
    }

    @Override
    public Optional<Version> version(RecordKind kind, List<String> id, String transactionId) {
        throw notAsked();
    }

    @Override
    public List<Consignment> unpaid(@Nullable ConsignmentId after, int limit) {
        return ledger.seenByReader().values().stream()
                .filter(each -> !each.money().isSettled()
                        && (after == null || each.id().value().compareTo(after.value()) > 0))
                .sorted(Comparator.comparing(each -> each.id().value()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Consignment> byEscrow(Digest escrowId) {
        return ledger.seenByReader().values().stream()
                .filter(each -> each.escrowId().equals(escrowId))
                .findFirst();
    }

    @Override
    public AsOf asOf() {
        throw notAsked();
    }

    @Override
    public <T> Answer<T> answer(Supplier<T> query) {
        throw notAsked();
    }

    @Override
    public boolean maySee(Viewer viewer, ConsignmentId id) {
        throw notAsked();
    }

    @Override
    public Page<Consignment> consignments(Viewer viewer, ConsignmentFilter filter, @Nullable String cursor, int limit) {
        throw notAsked();
    }

    @Override
    public Page<Records.Order> orders(Viewer viewer, @Nullable String cursor, int limit) {
        throw notAsked();
    }

    @Override
    public Page<Records.Review> reviews(@Nullable PartyId merchant, @Nullable String cursor, int limit) {
        throw notAsked();
    }

    @Override
    public List<Records.Review> reviews(ConsignmentId id) {
        throw notAsked();
    }

    @Override
    public Page<Records.Case> cases(ConsignmentId id, @Nullable String cursor, int limit) {
        throw notAsked();
    }

    @Override
    public Page<SaleOffer> offers(@Nullable PartyId merchant, @Nullable String cursor, int limit) {
        throw notAsked();
    }

    @Override
    public List<Consignment> overdue(Instant before, int offset, int limit) {
        throw notAsked();
    }

    @Override
    public List<MarketEvent> eventsAfter(EventPosition after, Viewer viewer, int limit) {
        throw notAsked();
    }

    @Override
    public DocumentUse uses(Digest document) {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("settlement does not ask for it");
    }
}
