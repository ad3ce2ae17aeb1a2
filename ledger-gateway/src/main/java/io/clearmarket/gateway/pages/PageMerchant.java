package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.wallet.identity.PartyId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Whose money a page shows: a merchant's own, or the one that an auditor or operator asks for. */
public final class PageMerchant {
    private PageMerchant() {}

    /** @throws PageProblem for whoever is no merchant, or not signed in */
    public static PartyId of(@Nullable Caller caller, @Nullable String asked) {
        if (caller == null) {
            throw new PageProblem(HttpStatus.UNAUTHORIZED, "problem.signin");
        }
        if (caller.seesAll() && asked != null) {
            return parse(asked);
        }
        PartyId own = caller.party();
        if (own == null || !caller.is(Role.MERCHANT)) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.merchant");
        }
        return own;
    }

    private static PartyId parse(String text) {
        try {
            return PartyId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PageProblem(HttpStatus.BAD_REQUEST, "problem.invalid");
        }
    }
}
