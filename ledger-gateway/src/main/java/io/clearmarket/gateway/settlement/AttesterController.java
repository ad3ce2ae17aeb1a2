package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.settlement.attester.OutflowGuard;
import io.clearmarket.gateway.settlement.attester.OutflowGuards;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An operator's pause of the attesters in this process. */
@RestController
@RequestMapping("/api/v1/settlement/attesters/{mspId}/pause")
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class AttesterController {
    private final OutflowGuards guards;

    AttesterController(OutflowGuards guards) {
        this.guards = guards;
    }

    /** @param paused true while the attester signs no entitlement */
    record Pause(boolean paused) {}

    /** Whether it is paused. */
    @GetMapping
    Pause pause(@PathVariable String mspId, @AuthenticationPrincipal Caller caller) {
        return new Pause(guards(mspId, caller).stream().allMatch(OutflowGuard::isPaused));
    }

    /** Pauses or resumes it; what it signed before stays valid until it expires. */
    @PutMapping
    Pause pause(@PathVariable String mspId, @RequestBody Pause wanted, @AuthenticationPrincipal Caller caller) {
        guards(mspId, caller).forEach(guard -> guard.pause(wanted.paused(), caller.subject()));
        return wanted;
    }

    private List<OutflowGuard> guards(String mspId, Caller caller) {
        if (!caller.is(Role.OPERATOR)) {
            throw CodedProblem.of(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    "attesters are paused by operators",
                    "use an operator's token");
        }
        List<OutflowGuard> found = guards.of(mspId);
        if (found.isEmpty()) {
            throw CodedProblem.of(
                    HttpStatus.NOT_FOUND,
                    "UNKNOWN_ATTESTER",
                    "no attester of " + mspId + " runs here",
                    "name an organisation of clearmarket.attesters");
        }
        return found;
    }
}
