package io.clearmarket.wallet.fabric;

import io.clearmarket.wallet.identity.Identity;
import java.util.List;

/** Proposal bytes for tests of other packages. */
public final class SampleProposal {
    private SampleProposal() {}

    public static byte[] of(Identity creator, String... args) {
        return new Prepared(creator, List.of(), args).proposal();
    }
}
