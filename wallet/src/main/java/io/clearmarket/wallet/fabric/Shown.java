package io.clearmarket.wallet.fabric;

import io.clearmarket.wallet.identity.Identity;

/** Something decoded and checked that can be shown to its creator and signed by them. */
public sealed interface Shown permits ShownProposal, ShownTransaction, ShownCommitRequest {
    /** Who must sign. */
    Identity creator();

    /** The transaction it is about. */
    String transactionId();

    /** The exact bytes that are signed; the signature is over their SHA-256. */
    byte[] bytes();

    /** SHA-256 of {@link #bytes()}, as fabric-gateway's {@code Signable.getDigest()} gives it. */
    byte[] digest();

    /** Several lines for a person to read before signing. */
    String text();
}
