package io.clearmarket.network.embedded.peer.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.ledger.Definition;
import io.clearmarket.network.embedded.ledger.ImplicitCollections;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace;
import io.clearmarket.network.embedded.ledger.LifecycleNamespace.ApprovedField;
import io.clearmarket.network.embedded.ledger.PrivateSimulator;
import io.clearmarket.network.embedded.ledger.Simulator;
import io.clearmarket.network.embedded.ledger.Simulator.Refused;
import io.clearmarket.wallet.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one organisation has approved. It stands in the organisation's implicit collection of {@code _lifecycle}: its own peers
 * read it, everybody else's compare hashes with what is to be committed.
 */
public final class Approvals {
    private final PrivateSimulator data;
    private final String collection;

    public Approvals(Simulator simulator, String mspId) {
        this.data = simulator.privateData();
        this.collection = ImplicitCollections.of(mspId);
    }

    /**
     * An approved definition and what is to run it.
     *
     * @param packageId "" if the organisation runs it nowhere
     */
    public record Approved(Definition definition, String packageId) {}

    /** Own organisation only: empty if nothing of this sequence was approved. */
    public Optional<Approved> find(String chaincode, long sequence) throws Refused {
        List<ApprovedField> fields = LifecycleNamespace.approval(chaincode, Definition.unknown(sequence));
        if (get(fields.getFirst()).isEmpty()) {
            return Optional.empty();
        }
        List<ByteString> values = new ArrayList<>();
        for (ApprovedField field : fields.subList(1, fields.size())) {
            values.add(get(field));
        }
        ByteString source =
                get(LifecycleNamespace.source(chaincode, sequence, "").getLast());
        try {
            return Optional.of(
                    new Approved(LifecycleNamespace.approved(sequence, values), LifecycleNamespace.packageId(source)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an approval of " + chaincode + " can't be read", e);
        }
    }

    /** Own organisation only: writes what differs from what is there. */
    void approve(String chaincode, Approved approved) throws Refused {
        List<ApprovedField> fields = new ArrayList<>(LifecycleNamespace.approval(chaincode, approved.definition()));
        fields.addAll(LifecycleNamespace.source(chaincode, approved.definition().sequence(), approved.packageId()));
        for (ApprovedField field : fields) {
            if (!get(field).equals(field.value())) {
                data.put(LifecycleNamespace.NAME, collection, field.key(), field.value());
            }
        }
    }

    /** Any organisation: the names of what is not as it approved it; empty if it approved just this. */
    List<String> mismatches(String chaincode, Definition definition) throws Refused {
        List<String> names = new ArrayList<>();
        for (ApprovedField field : LifecycleNamespace.approval(chaincode, definition)) {
            ByteString expected =
                    ByteString.copyFrom(Digests.sha256(field.value().toByteArray()));
            if (!data.getHash(LifecycleNamespace.NAME, collection, field.key()).equals(expected)) {
                names.add(field.name());
                if (names.size() == 1 && field.name().equals("ChaincodeParameters")) {
                    // nothing was approved: the fields need not be compared
                    return names;
                }
            }
        }
        return names;
    }

    private ByteString get(ApprovedField field) throws Refused {
        return data.get(LifecycleNamespace.NAME, collection, field.key());
    }
}
