package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.network.embedded.policy.SignaturePolicyText;
import java.util.List;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeValidationInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;

/** How Fabric keeps chaincode definitions in the state: the namespace {@code _lifecycle} (fabric-protocol section 8). */
public final class LifecycleNamespace {
    /** The namespace, and the name of the system chaincode that writes it. */
    public static final String NAME = "_lifecycle";

    /** The version that system chaincodes answer with. */
    public static final String VERSION = "syscc";

    private static final String DATATYPE = "ChaincodeDefinition";
    private static final String SEQUENCE = "Sequence";
    private static final String ENDORSEMENT_INFO = "EndorsementInfo";
    private static final String VALIDATION_INFO = "ValidationInfo";
    private static final String COLLECTIONS = "Collections";
    private static final List<String> FIELDS = List.of(SEQUENCE, ENDORSEMENT_INFO, VALIDATION_INFO, COLLECTIONS);

    private LifecycleNamespace() {}

    /** The key that every invocation of the chaincode reads. */
    public static String sequenceKey(String chaincode) {
        return field(chaincode, SEQUENCE);
    }

    static String endorsementInfoKey(String chaincode) {
        return field(chaincode, ENDORSEMENT_INFO);
    }

    static String validationInfoKey(String chaincode) {
        return field(chaincode, VALIDATION_INFO);
    }

    private static String metadataKey(String chaincode) {
        return "namespaces/metadata/" + chaincode;
    }

    private static String field(String chaincode, String field) {
        return "namespaces/fields/" + chaincode + "/" + field;
    }

    /**
     * Writes a definition as Fabric's lifecycle does: reads what is there, writes only what differs.
     *
     * @param policy signature policy text or the path of a channel policy, as in {@link PeerLedger.ChaincodeDefinition}
     * @throws IllegalArgumentException if the policy is malformed
     */
    public static void define(Simulator simulator, String chaincode, String version, long sequence, String policy)
            throws Simulator.Refused {
        ByteString metadata = StateMetadata.newBuilder()
                .setDatatype(DATATYPE)
                .addAllFields(FIELDS)
                .build()
                .toByteString();
        put(simulator, metadataKey(chaincode), metadata);
        put(
                simulator,
                sequenceKey(chaincode),
                StateData.newBuilder().setInt64(sequence).build().toByteString());
        put(
                simulator,
                endorsementInfoKey(chaincode),
                bytes(ChaincodeEndorsementInfo.newBuilder()
                        .setVersion(version)
                        .setEndorsementPlugin("escc")
                        .build()
                        .toByteString()));
        put(
                simulator,
                validationInfoKey(chaincode),
                bytes(ChaincodeValidationInfo.newBuilder()
                        .setValidationPlugin("vscc")
                        .setValidationParameter(applicationPolicy(policy).toByteString())
                        .build()
                        .toByteString()));
        put(
                simulator,
                field(chaincode, COLLECTIONS),
                bytes(CollectionConfigPackage.getDefaultInstance().toByteString()));
    }

    private static void put(Simulator simulator, String key, ByteString value) throws Simulator.Refused {
        if (!simulator.getState(NAME, key).equals(value)) {
            simulator.putState(NAME, key, value);
        }
    }

    private static ByteString bytes(ByteString content) {
        return StateData.newBuilder().setBytes(content).build().toByteString();
    }

    /**
     * The compiled form of a policy text or path.
     *
     * @throws IllegalArgumentException if the text is malformed
     */
    public static ApplicationPolicy applicationPolicy(String policy) {
        return policy.startsWith("/")
                ? ApplicationPolicy.newBuilder()
                        .setChannelConfigPolicyReference(policy)
                        .build()
                : ApplicationPolicy.newBuilder()
                        .setSignaturePolicy(SignaturePolicyParser.parse(policy))
                        .build();
    }

    static long sequence(ByteString data) throws InvalidProtocolBufferException {
        return StateData.parseFrom(data).getInt64();
    }

    static String version(ByteString data) throws InvalidProtocolBufferException {
        return ChaincodeEndorsementInfo.parseFrom(StateData.parseFrom(data).getBytes())
                .getVersion();
    }

    static ApplicationPolicy policy(ByteString data) throws InvalidProtocolBufferException {
        return ApplicationPolicy.parseFrom(
                ChaincodeValidationInfo.parseFrom(StateData.parseFrom(data).getBytes())
                        .getValidationParameter());
    }

    /** The text of a policy, in the form that {@link #define} takes. */
    static String text(ApplicationPolicy policy) {
        return policy.hasSignaturePolicy()
                ? SignaturePolicyText.of(policy.getSignaturePolicy())
                : policy.getChannelConfigPolicyReference();
    }
}
