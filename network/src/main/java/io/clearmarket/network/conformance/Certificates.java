package io.clearmarket.network.conformance;

import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.ca.Validity;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates, good and bad, of a kind that a network must tell apart. */
final class Certificates {
    private Certificates() {}

    static SigningIdentity member(Rig rig, String mspId) {
        return rig.issue(mspId, CertificateRequest.of("made", NodeOu.CLIENT));
    }

    /** Over since long; it begins with its authority, because a chain is verified as of the certificate's beginning. */
    static SigningIdentity expired(Rig rig) {
        Instant begin = beginOfAuthority(rig);
        return rig.issue(
                NetworkPlan.MARKET,
                CertificateRequest.of("made", NodeOu.CLIENT).withValidity(new Validity(begin, begin.plusSeconds(2))));
    }

    /** Good for a short time, counted from now. */
    static SigningIdentity expiring(Rig rig, Duration left) {
        return rig.issue(
                NetworkPlan.MARKET,
                CertificateRequest.of("made", NodeOu.CLIENT)
                        .withValidity(new Validity(
                                beginOfAuthority(rig), Instant.now().plus(left))));
    }

    /** Begins, and ends, before its authority does. */
    static SigningIdentity olderThanAuthority(Rig rig) {
        Instant past = beginOfAuthority(rig).minus(Duration.ofDays(2));
        return rig.issue(
                NetworkPlan.MARKET,
                CertificateRequest.of("made", NodeOu.CLIENT)
                        .withValidity(new Validity(past, past.plus(Duration.ofDays(1)))));
    }

    private static Instant beginOfAuthority(Rig rig) {
        return rig.market().ca().certificate().getNotBefore().toInstant();
    }

    static SigningIdentity notYetValid(Rig rig) {
        Instant future = Instant.now().plus(Duration.ofDays(2));
        return rig.issue(
                NetworkPlan.MARKET,
                CertificateRequest.of("made", NodeOu.CLIENT).withValidity(Validity.from(future, Duration.ofDays(1))));
    }

    /** By the members' authority, in the shape of a TLS certificate: no organisational unit. */
    static SigningIdentity withoutRole(Rig rig) {
        return rig.market().ca().issueTls("made", List.of(), List.of());
    }

    /** By an authority of the same name with another key. */
    static SigningIdentity strangers(Rig rig) {
        DevelopmentCa real = rig.market().ca();
        String name = real.certificate().getSubjectX500Principal().getName();
        String commonName = name.replaceAll(".*CN=([^,]+).*", "$1");
        return DevelopmentCa.create(NetworkPlan.MARKET, commonName).issue(CertificateRequest.of("made", NodeOu.CLIENT));
    }

    /** A member's certificate that claims to be of another organisation. */
    static SigningIdentity claiming(Rig rig, String mspId) {
        SigningIdentity member = rig.client().identity();
        return new SigningIdentity(mspId, member.certificate(), member.privateKey());
    }

    static SigningIdentity orderersAdmin(Rig rig) {
        return rig.network().ordererCa().issue(CertificateRequest.of("Admin", NodeOu.ADMIN));
    }
}
