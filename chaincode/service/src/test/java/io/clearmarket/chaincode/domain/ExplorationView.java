package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Item;
import io.clearmarket.wallet.identity.PartyId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records around one consignment in a situation; it notes which keys are read. */
final class ExplorationView implements View {
    /** Records that no command of a consignment changes, and so are read from the ledger once. */
    private static final Set<RecordKind> FIXED = Set.of(RecordKind.MARKET, RecordKind.PARTY, RecordKind.TERMS);

    private final Ledger ledger;
    private final Consignment placed;
    private final Map<Key<?>, Object> fixed = new HashMap<>();
    private final Set<String> kindsRead = new TreeSet<>();
    private final Set<Key<?>> keysRead = new HashSet<>();
    private Situation shown;

    ExplorationView(Bazaar bazaar) {
        ledger = bazaar.ledger;
        placed = bazaar.consignment();
        shown = Situation.of(placed, Map.of());
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
        if (key.kind() == RecordKind.CONSIGNMENT) {
            return key.equals(Keys.consignment(Bazaar.ID)) ? key.type().cast(shown.consignment()) : null;
        }
        if (key.kind() == RecordKind.ITEM) {
            PartyId custodian = shown.custody().get(key.id().getFirst());
            return custodian == null
                    ? null
                    : key.type().cast(new Item(key.id().getFirst(), custodian, Bazaar.ID, Bazaar.START));
        }
        if (!FIXED.contains(key.kind())) {
            return null; // nothing of this kind was recorded yet
        }
        Object known = fixed.get(key);
        T found = known == null ? ledger.find(key) : key.type().cast(known);
        if (known == null && found != null) {
            fixed.put(key, found);
        }
        return found;
    }
}
