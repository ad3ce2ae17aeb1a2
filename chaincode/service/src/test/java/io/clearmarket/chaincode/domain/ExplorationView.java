package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.chaincode.api.Records.Mark;
import io.clearmarket.chaincode.domain.ExplorationEvents.Told;
import io.clearmarket.wallet.identity.PartyId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records around one consignment in a situation; it notes which keys are read. */
final class ExplorationView implements View {
    /** Records that no command changes here, and so are read from the ledger once. */
    private static final Set<RecordKind> FIXED = Set.of(RecordKind.MARKET, RecordKind.PARTY);

    private final Ledger ledger;
    private final ExplorationTerms terms;
    private final Consignment placed;
    private final Map<Key<?>, Object> fixed = new HashMap<>();
    private final Set<String> kindsRead = new TreeSet<>();
    private final Set<Key<?>> keysRead = new HashSet<>();
    private Situation shown;

    ExplorationView(Bazaar bazaar, ExplorationTerms terms) {
        ledger = bazaar.ledger;
        this.terms = terms;
        placed = bazaar.consignment();
        shown = Situation.of(placed, Map.of(), Told.NOTHING);
    }

    Consignment placed() {
        return placed;
    }

    void show(Situation situation) {
        shown = situation;
        kindsRead.clear();
        keysRead.clear();
    }

    Set<String> kindsRead() {
        return kindsRead;
    }

    Set<Key<?>> idsRead() {
        return keysRead;
    }

    @Override
    public <T> @Nullable T find(Key<T> key) {
        kindsRead.add(key.kind().objectType());
        keysRead.add(key);
        return FIXED.contains(key.kind()) ? fixed(key) : key.type().cast(inSituation(key));
    }

    /** What it is here; of the kinds that are not named nothing was recorded yet. */
    private @Nullable Object inSituation(Key<?> key) {
        String id = key.id().getFirst();
        return switch (key.kind()) {
            case CONSIGNMENT -> key.equals(Keys.consignment(Bazaar.ID)) ? shown.consignment() : null;
            case TERMS -> key.equals(Keys.terms(Bazaar.ID)) ? terms.signedOf(shown.consignment()) : null;
            case ITEM -> {
                PartyId custodian = shown.custody().get(id);
                yield custodian == null ? null : new Item(id, custodian, Bazaar.ID, Bazaar.START);
            }
            case EVENT -> ExplorationEvents.recorded(id, shown.told());
            case EVENTERROR -> shown.told().inError() && id.equals(ExplorationEvents.ALL.eventId()) ? new Mark() : null;
            case STATE -> key.equals(Keys.inState(shown.consignment().state(), Bazaar.ID)) ? new Mark() : null;
            case CASE -> ExplorationEvents.caseOf(key.id().getLast());
            case EXHIBIT -> ExplorationEvents.exhibit(key.id());
            default -> null;
        };
    }

    private <T> @Nullable T fixed(Key<T> key) {
        Object known = fixed.get(key);
        T found = known == null ? ledger.find(key) : key.type().cast(known);
        if (known == null && found != null) {
            fixed.put(key, found);
        }
        return found;
    }
}
