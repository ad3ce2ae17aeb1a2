package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Viewer;
import org.springframework.http.HttpStatus;

/** What callers may see. */
final class Viewers {
    private Viewers() {}

    static Viewer of(Caller caller) {
        return new Viewer(caller.seesAll(), caller.party());
    }

    /** Only auditors and operators. */
    static void requireAuditor(Caller caller) {
        if (!caller.seesAll()) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    "the audit is for auditors and operators",
                    "ask with a token of one of these roles",
                    null);
        }
    }
}
