package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;

/**
 * A chaincode's parameters as Fabric's lifecycle keeps and compares them: what organisations approve, and what the channel
 * commits.
 *
 * @param sequence 1 for a first definition, one more for each change
 * @param validationParameter {@code ApplicationPolicy} bytes, the endorsement policy
 * @param initRequired whether the chaincode must be called as init first
 */
public record Definition(
        long sequence,
        String version,
        String endorsementPlugin,
        String validationPlugin,
        ByteString validationParameter,
        CollectionConfigPackage collections,
        boolean initRequired) {
    /** Fabric's only endorsement plugin. */
    public static final String ESCC = "escc";

    /** Fabric's only validation plugin. */
    public static final String VSCC = "vscc";

    /** The usual plugins. */
    public Definition(
            long sequence,
            String version,
            ByteString validationParameter,
            CollectionConfigPackage collections,
            boolean initRequired) {
        this(sequence, version, ESCC, VSCC, validationParameter, collections, initRequired);
    }

    /** A definition of which only the sequence is known. */
    public static Definition unknown(long sequence) {
        return new Definition(sequence, "", ByteString.EMPTY, CollectionConfigPackage.getDefaultInstance(), false);
    }

    /** The same parameters as another step. */
    public Definition withSequence(long other) {
        return new Definition(
                other, version, endorsementPlugin, validationPlugin, validationParameter, collections, initRequired);
    }
}
