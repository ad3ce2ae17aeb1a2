package io.clearmarket.chaincode.adapter;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Asker;
import io.clearmarket.wallet.ca.CertificateAttributes;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Reads who signed a transaction from its creator bytes. What it remembers is a pure function of those bytes, so that
 * remembering can't make two endorsers differ.
 */
final class Askers {
    private static final int REMEMBERED = 512;

    private final Map<ByteString, Asker> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Asker> eldest) {
            return size() > REMEMBERED;
        }
    });

    Asker of(ByteString creator) {
        return known.computeIfAbsent(creator, Askers::parse);
    }

    private static Asker parse(ByteString creator) {
        try {
            SerializedIdentity identity = SerializedIdentity.parseFrom(creator);
            X509Certificate certificate = Pem.certificate(identity.getIdBytes().toStringUtf8());
            byte[] key = Keys.subjectPublicKeyInfo(certificate.getPublicKey());
            return new Asker(
                    PartyId.of(certificate),
                    identity.getMspid(),
                    role(CertificateAttributes.of(certificate).get(Role.ATTRIBUTE)),
                    Pem.encode(certificate),
                    Base64.getEncoder().encodeToString(key));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new RequestRefused(
                    RefusalCode.INVALID_VALUE, "the creator is no X.509 identity with a P-256 key: " + e.getMessage());
        }
    }

    /** An attribute that names no role is as good as none. */
    private static @Nullable Role role(@Nullable String attribute) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(attribute)) {
                return role;
            }
        }
        return null;
    }
}
