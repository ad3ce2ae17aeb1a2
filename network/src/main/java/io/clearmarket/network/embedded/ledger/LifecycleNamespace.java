package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.policy.SignaturePolicyParser;
import io.clearmarket.network.embedded.policy.SignaturePolicyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final String METADATA_PREFIX = "namespaces/metadata/";
    private static final String FIELDS_PREFIX = "namespaces/fields/";
    private static final String DATATYPE = "ChaincodeDefinition";
    private static final String PARAMETERS = "ChaincodeParameters";
    private static final String PACKAGE = "ChaincodeLocalPackage";
    private static final String PACKAGE_ID = "PackageID";
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

    static String collectionsKey(String chaincode) {
        return field(chaincode, COLLECTIONS);
    }

    /** The chaincode whose collections a key of the namespace holds; "" for every other key. */
    static String chaincodeOfCollections(String key) {
        String suffix = "/" + COLLECTIONS;
        return key.startsWith(FIELDS_PREFIX) && key.endsWith(suffix)
                ? key.substring(FIELDS_PREFIX.length(), key.length() - suffix.length())
                : "";
    }

    private static String metadataKey(String chaincode) {
        return METADATA_PREFIX + chaincode;
    }

    private static String field(String chaincode, String field) {
        return FIELDS_PREFIX + chaincode + "/" + field;
    }

    /** The fields of a definition with the bytes that each has in the state (fabric-protocol section 8). */
    static Map<String, ByteString> fields(Definition definition) {
        Map<String, ByteString> fields = new LinkedHashMap<>();
        fields.put(
                SEQUENCE,
                StateData.newBuilder().setInt64(definition.sequence()).build().toByteString());
        fields.put(
                ENDORSEMENT_INFO,
                bytes(ChaincodeEndorsementInfo.newBuilder()
                        .setVersion(definition.version())
                        .setInitRequired(definition.initRequired())
                        .setEndorsementPlugin(definition.endorsementPlugin())
                        .build()
                        .toByteString()));
        fields.put(
                VALIDATION_INFO,
                bytes(ChaincodeValidationInfo.newBuilder()
                        .setValidationPlugin(definition.validationPlugin())
                        .setValidationParameter(definition.validationParameter())
                        .build()
                        .toByteString()));
        fields.put(COLLECTIONS, bytes(definition.collections().toByteString()));
        return fields;
    }

    /** Writes a definition as Fabric's lifecycle does: reads what is there, writes only what differs. */
    public static void define(Simulator simulator, String chaincode, Definition definition) throws Simulator.Refused {
        put(simulator, metadataKey(chaincode), metadata(DATATYPE, FIELDS));
        for (Map.Entry<String, ByteString> field : fields(definition).entrySet()) {
            put(simulator, field(chaincode, field.getKey()), field.getValue());
        }
    }

    /**
     * One field of what an organisation has approved, as it stands in its implicit collection.
     *
     * @param name Fabric's, which a mismatch is reported under
     */
    public record ApprovedField(String name, String key, ByteString value) {}

    /** What an organisation writes to approve a definition: the metadata first, then the parameters. */
    public static List<ApprovedField> approval(String chaincode, Definition definition) {
        String approved = chaincode + "#" + definition.sequence();
        List<String> names = List.of(ENDORSEMENT_INFO, VALIDATION_INFO, COLLECTIONS);
        List<ApprovedField> fields = new ArrayList<>();
        fields.add(new ApprovedField(PARAMETERS, metadataKey(approved), metadata(PARAMETERS, names)));
        Map<String, ByteString> values = fields(definition);
        names.forEach(name ->
                fields.add(new ApprovedField(name, field(approved, name), Objects.requireNonNull(values.get(name)))));
        return fields;
    }

    /** What goes with it: the package that the organisation runs, "" for none. */
    public static List<ApprovedField> source(String chaincode, long sequence, String packageId) {
        String approved = chaincode + "#" + sequence;
        ByteString value = StateData.newBuilder().setString(packageId).build().toByteString();
        return List.of(
                new ApprovedField(
                        PACKAGE, "chaincode-sources/metadata/" + approved, metadata(PACKAGE, List.of(PACKAGE_ID))),
                new ApprovedField(PACKAGE_ID, "chaincode-sources/fields/" + approved + "/" + PACKAGE_ID, value));
    }

    /**
     * The definition in the values of {@link #approval}'s fields, after the metadata and in their order.
     *
     * @throws InvalidProtocolBufferException if they are not such values
     */
    public static Definition approved(long sequence, List<ByteString> values) throws InvalidProtocolBufferException {
        return definition(
                StateData.newBuilder().setInt64(sequence).build().toByteString(),
                values.get(0),
                values.get(1),
                values.get(2));
    }

    /** The package id in the value of {@link #source}'s field. */
    public static String packageId(ByteString value) throws InvalidProtocolBufferException {
        return StateData.parseFrom(value).getString();
    }

    /** The names of all chaincodes that a channel has agreed on, in order. */
    static List<String> chaincodes(WorldState state) {
        List<String> names = new ArrayList<>();
        var entries = state.from(NAME, METADATA_PREFIX);
        while (entries.hasNext()) {
            String key = entries.next().key();
            if (!key.startsWith(METADATA_PREFIX)) {
                break;
            }
            names.add(key.substring(METADATA_PREFIX.length()));
        }
        return names;
    }

    private static ByteString metadata(String datatype, List<String> fields) {
        return StateMetadata.newBuilder()
                .setDatatype(datatype)
                .addAllFields(fields)
                .build()
                .toByteString();
    }

    /** Every key of a definition, in the order in which Fabric reads them. */
    static List<String> keys(String chaincode) {
        return List.of(
                metadataKey(chaincode),
                field(chaincode, SEQUENCE),
                field(chaincode, ENDORSEMENT_INFO),
                field(chaincode, VALIDATION_INFO),
                field(chaincode, COLLECTIONS));
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

    /** Reads a definition out of the values of its four fields. */
    static Definition definition(
            ByteString sequence, ByteString endorsement, ByteString validation, ByteString collections)
            throws InvalidProtocolBufferException {
        ChaincodeEndorsementInfo endorsementInfo = ChaincodeEndorsementInfo.parseFrom(
                StateData.parseFrom(endorsement).getBytes());
        ChaincodeValidationInfo validationInfo = ChaincodeValidationInfo.parseFrom(
                StateData.parseFrom(validation).getBytes());
        return new Definition(
                StateData.parseFrom(sequence).getInt64(),
                endorsementInfo.getVersion(),
                endorsementInfo.getEndorsementPlugin(),
                validationInfo.getValidationPlugin(),
                validationInfo.getValidationParameter(),
                collections(collections),
                endorsementInfo.getInitRequired());
    }

    /** The collections in the value of a definition's field. */
    static CollectionConfigPackage collections(ByteString data) throws InvalidProtocolBufferException {
        return CollectionConfigPackage.parseFrom(StateData.parseFrom(data).getBytes());
    }

    /** The text of a policy, as {@link #applicationPolicy} takes it. */
    static String text(ApplicationPolicy policy) {
        return policy.hasSignaturePolicy()
                ? SignaturePolicyText.of(policy.getSignaturePolicy())
                : policy.getChannelConfigPolicyReference();
    }
}
