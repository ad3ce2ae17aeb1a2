package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The certificate that a caller signs with: always that of the caller's own party. */
@Component
class CallerCertificates {
    private final ManagedCommands managed;

    CallerCertificates(ManagedCommands managed) {
        this.managed = managed;
    }

    /** The caller's party. */
    static PartyId party(Caller caller) {
        PartyId party = caller.party();
        if (party == null) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NO_PARTY",
                    "the caller's token names no party",
                    "enrol first: POST /api/v1/enrolments",
                    null);
        }
        return party;
    }

    /**
     * The identity to prepare a transaction for.
     *
     * @param pem the caller's certificate; null: that of the managed identity
     * @param mspId its organisation; null: the one its issuer names
     */
    Identity identity(Caller caller, @Nullable String pem, @Nullable String mspId) {
        if (pem == null) {
            return managed.identityOf(caller).signer();
        }
        X509Certificate certificate = certificate(pem);
        PartyId party = party(caller);
        if (!PartyId.of(certificate).equals(party)) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NOT_YOURS",
                    "the certificate is of party " + PartyId.of(certificate) + ", the caller is party " + party,
                    "a caller acts for their own party only",
                    null);
        }
        return new Identity(mspId == null ? issuer(certificate) : mspId, certificate);
    }

    private static X509Certificate certificate(String pem) {
        try {
            X509Certificate certificate = Pem.certificate(pem);
            PartyId.of(certificate);
            return certificate;
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "INVALID_VALUE",
                    "certificate: " + e.getMessage(),
                    "an X.509 certificate of a P-256 key in PEM",
                    pem);
        }
    }

    /** The organisation that the issuer's name gives, as this project's own CAs write it. */
    private static String issuer(X509Certificate certificate) {
        RDN[] organisations = X500Name.getInstance(
                        certificate.getIssuerX500Principal().getEncoded())
                .getRDNs(BCStyle.O);
        if (organisations.length != 1) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "MISSING_FIELD",
                    "the certificate's issuer names no single organisation",
                    "send its MSP id as mspId",
                    null);
        }
        return IETFUtils.valueToString(organisations[0].getFirst().getValue());
    }
}
