package io.clearmarket.gateway.submission;

import io.clearmarket.wallet.identity.PartyId;

/**
 * A command in a transaction that is endorsed, signed and ready to be sent.
 *
 * @param party its signer
 * @param payload the bytes signed
 * @param signature DER, low-S
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
record SignedCommand(PartyId party, WireCommand command, String transactionId, byte[] payload, byte[] signature) {}
