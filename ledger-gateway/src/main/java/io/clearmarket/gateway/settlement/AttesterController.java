package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.settlement.attester.Pausable;
import io.clearmarket.gateway.settlement.attester.RemoteAttester;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An operator's pause of the attesters that this gateway asks. */
@RestController
@RequestMapping("/api/v1/settlement/attesters/{mspId}/pause")
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class AttesterController {
    private final AskedAttesters attesters;

    AttesterController(AskedAttesters attesters) {
        this.attesters = attesters;
    }

    /** @param paused true while the attester signs no entitlement */
    record Pause(boolean paused) {}

    /** Whether it is paused. */
    @GetMapping
    Pause pause(@PathVariable String mspId, @AuthenticationPrincipal Caller caller) {
        List<Pausable> found = found(mspId, caller);
        try {
            return new Pause(found.stream().allMatch(Pausable::isPaused));
        } catch (RemoteAttester.Away away) {
            throw away(away);
        }
    }

    /** Pauses or resumes it; what it signed before stays valid until it expires. */
    @PutMapping
    Pause pause(@PathVariable String mspId, @RequestBody Pause wanted, @AuthenticationPrincipal Caller caller) {
        RemoteAttester.Away failure = null;
        for (Pausable each : found(mspId, caller)) {
            try {
                each.pause(wanted.paused(), caller.subject());
            } catch (RemoteAttester.Away away) {
                // the others of this organisation are paused all the same
                failure = away;
            }
        }
        if (failure != null) {
            throw away(failure);
        }
        return wanted;
    }

    private static ErrorResponseException away(RemoteAttester.Away away) {
        return CodedProblem.of(
                HttpStatus.BAD_GATEWAY,
                "ATTESTER_AWAY",
                String.valueOf(away.getMessage()),
                "end its process, which signs nothing then, or ask again once it answers");
    }

    private List<Pausable> found(String mspId, Caller caller) {
        if (!caller.is(Role.OPERATOR)) {
            throw CodedProblem.of(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    "attesters are paused by operators",
                    "use an operator's token");
        }
        List<Pausable> found = attesters.of(mspId);
        if (found.isEmpty()) {
            throw CodedProblem.of(
                    HttpStatus.NOT_FOUND,
                    "UNKNOWN_ATTESTER",
                    "no attester of " + mspId + " is asked here",
                    "name an organisation of clearmarket.attesters");
        }
        return found;
    }
}
