package io.clearmarket.gateway.privacy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * What a gateway signs once fields are erased. It holds no personal data and stays.
 *
 * @param certificate PEM of the certificate whose key signed: the gateway's own identity, issued by its organisation
 * @param signature base64 of DER, ECDSA P-256 with SHA-256 over the statement's RFC 8785 bytes
 */
public record ErasureReceipt(Statement statement, String certificate, String signature) {
    private static final String FORMAT = "clearmarket-erasure-v1";

    /**
     * What is said.
     *
     * @param ledger the ledger whose records commit to the fields
     * @param mspId the organisation that kept them
     * @param subject whose they were
     * @param commitments of the fields erased, in order
     * @param keyDestroyed the number of the newest key that was destroyed
     */
    public record Statement(
            String format,
            String id,
            String ledger,
            String mspId,
            PartyId subject,
            List<Digest> commitments,
            int keyDestroyed,
            Instant erasedAt) {
        public Statement {
            commitments = List.copyOf(commitments);
        }

        static Statement of(
                String id,
                String ledger,
                String mspId,
                PartyId subject,
                List<Digest> commitments,
                int keyDestroyed,
                Instant erasedAt) {
            return new Statement(FORMAT, id, ledger, mspId, subject, commitments, keyDestroyed, erasedAt);
        }
    }

    static ErasureReceipt sign(Statement statement, SigningIdentity signer) {
        byte[] signature = signer.sign(CanonicalJson.bytes(statement));
        return new ErasureReceipt(
                statement, signer.certificatePem(), Base64.getEncoder().encodeToString(signature));
    }

    /** True if the key of the certificate signed this statement. Whether the certificate is the organisation's, its CA says. */
    @JsonIgnore
    public boolean isSigned() {
        Identity signer = new Identity(statement.mspId(), Pem.certificate(certificate));
        return statement.format().equals(FORMAT)
                && signer.verify(
                        CanonicalJson.bytes(statement), Base64.getDecoder().decode(signature));
    }
}
