package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.identity.PartyId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What callers may see, and the parameters that queries share. */
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

    /** A party id in a query; absent where there is none. */
    static @Nullable PartyId party(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return PartyId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidQuery(parameter, text, "a party id of 64 lower-case hexadecimal digits");
        }
    }
}
