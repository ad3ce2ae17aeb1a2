package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.ByteString;

/**
 * A committed value.
 *
 * @param version who wrote it last; one object for all writes of a transaction
 * @param policy its key-level endorsement policy ({@code SignaturePolicyEnvelope} bytes), empty if it has none
 */
record StateValue(ByteString value, Version version, ByteString policy) {}
