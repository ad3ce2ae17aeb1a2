package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Enrolments;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lets a key in that has just shown itself. */
@Component
class Admission {
    private static final Duration SESSION = Duration.ofHours(12);

    private final Enrolments enrolments;
    private final AccessKeys keys;

    Admission(Enrolments enrolments, AccessKeys keys) {
        this.enrolments = enrolments;
        this.keys = keys;
    }

    /**
     * Somebody's certificate and session.
     *
     * @param certificate PEM
     * @param token bearer token of this party, for 12 hours
     */
    record Admitted(PartyId party, String mspId, String certificate, String token) {}

    Admitted admit(Csr request) {
        Enrolments.Enrolled enrolled = enrolments
                .enrol(request, Role.BUYER)
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.NOT_FOUND,
                        "NO_ENROLMENT",
                        "this gateway enrols no buyers",
                        "ask another organisation's gateway"));
        PartyId party = enrolled.party();
        Caller caller = new Caller("buyer:" + party, Set.of(Role.BUYER), party, null);
        return new Admitted(party, enrolled.mspId(), enrolled.certificate(), keys.session(caller, SESSION));
    }
}
