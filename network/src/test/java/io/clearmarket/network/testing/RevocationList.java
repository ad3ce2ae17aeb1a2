package io.clearmarket.network.testing;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A list of one revoked certificate, as an authority signs it. */
public final class RevocationList {
    private RevocationList() {}

    /**
     * The list in DER.
     *
     * @param ca folder of the authority, with {@code ca-cert.pem} and {@code ca-key.pem}
     */
    public static ByteString of(Path ca, X509Certificate revoked) throws Exception {
        SigningIdentity authority = MspFolder.readPem("", ca.resolve("ca-cert.pem"), ca.resolve("ca-key.pem"));
        Date now = Date.from(Instant.now());
        JcaX509v2CRLBuilder builder =
                new JcaX509v2CRLBuilder(authority.certificate().getSubjectX500Principal(), now);
        builder.addCRLEntry(revoked.getSerialNumber(), now, 0);
        return ByteString.copyFrom(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.privateKey()))
                        .getEncoded());
    }
}
