package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import java.util.Set;

/** The MSPs of a channel: turns serialized identities into identities. */
public interface MspManager {
    /** The organisations' MSP ids, application and orderer. */
    Set<String> mspIds();

    /**
     * The identity behind {@code SerializedIdentity} bytes. Results are cached by those bytes.
     *
     * @throws MspException if the MSP id is unknown, the PEM is bad or the certificate is not issued by that MSP's CA
     */
    MspIdentity deserialize(ByteString serializedIdentity) throws MspException;
}
